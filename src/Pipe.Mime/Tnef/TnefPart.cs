namespace Pipe.Mime.Tnef;

/// <summary>A <c>winmail.dat</c>: a message in Microsoft's TNEF format.</summary>
public class TnefPart : MimePart
{
    /// <summary>Creates an empty part of the type application/vnd.ms-tnef.</summary>
    public TnefPart()
        : base("application", "vnd.ms-tnef") => FileName = "winmail.dat";

    internal TnefPart(EntityHeaders parsed)
        : base(parsed)
    {
    }

    /// <summary>Makes a message of what the part holds.</summary>
    /// <exception cref="InvalidOperationException">The part has no content.</exception>
    public MimeMessage ConvertToMessage() => throw new NotSupportedException();

    /// <summary>The files that the part holds.</summary>
    /// <exception cref="InvalidOperationException">The part has no content.</exception>
    public IEnumerable<MimeEntity> ExtractAttachments() => throw new NotSupportedException();
}
