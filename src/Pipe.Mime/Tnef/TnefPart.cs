using Pipe.Mime.IO;

namespace Pipe.Mime.Tnef;

/// <summary>A <c>winmail.dat</c>: a message in Microsoft's TNEF format (MS-OXTNEF).</summary>
public class TnefPart : MimePart
{
    /// <summary>Creates an empty part of the type application/vnd.ms-tnef.</summary>
    public TnefPart()
        : base("application", "vnd.ms-tnef") => FileName = "winmail.dat";

    internal TnefPart(EntityHeaders parsed)
        : base(parsed)
    {
    }

    /// <summary>Makes a message of what the part holds. Faulty data gives what can be read of it.</summary>
    /// <exception cref="InvalidOperationException">The part has no content.</exception>
    public MimeMessage ConvertToMessage()
    {
        if (Content is null)
            throw new InvalidOperationException("The part has no content.");
        using var buffer = new PooledBufferStream();
        Content.DecodeTo(buffer);
        return TnefMessageReader.Read(buffer.WrittenSpan, 0);
    }

    /// <summary>The files that the part holds, those shown in the text included.</summary>
    /// <exception cref="InvalidOperationException">The part has no content.</exception>
    public IEnumerable<MimeEntity> ExtractAttachments()
    {
        var message = ConvertToMessage();
        return message.BodyParts.Where(static part => part.ContentDisposition is not null).ToList();
    }
}
