using System.Diagnostics.CodeAnalysis;
using Pipe.Mime.Text;

namespace Pipe.Mime;

/// <summary>A document with the files it refers to (RFC 2387).</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is MimeKit's.")]
public class MultipartRelated : Multipart
{
    /// <summary>Creates an empty multipart/related.</summary>
    public MultipartRelated()
        : base("related")
    {
    }

    /// <summary>Creates a multipart/related with children.</summary>
    public MultipartRelated(params object[] args)
        : base("related", args)
    {
    }

    internal MultipartRelated(EntityHeaders parsed)
        : base(parsed)
    {
    }

    /// <summary>The document.</summary>
    [DisallowNull]
    public MimeEntity? Root
    {
        get => RootIndex() is var index and >= 0 ? this[index] : null;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (RootIndex() is var index and >= 0)
                this[index] = value;
            else
                Add(value);
            ContentType.Parameters["type"] = value.ContentType.MimeType;
        }
    }

    /// <inheritdoc/>
    public override bool TryGetValue(TextFormat format, [NotNullWhen(true)] out TextPart? body)
    {
        body = null;
        return Root switch
        {
            Multipart multipart => multipart.TryGetValue(format, out body),
            TextPart text when text.IsFormat(format) => (body = text) is not null,
            _ => false,
        };
    }

    private int RootIndex()
    {
        string? start = ContentType.Parameters["start"];
        if (start is not null)
        {
            string? id = Utils.MimeUtils.ParseMessageId(start);
            for (int i = 0; i < Count && id is not null; i++)
            {
                if (id.Equals(this[i].ContentId, StringComparison.Ordinal))
                    return i;
            }
        }

        return Count > 0 ? 0 : -1;
    }
}
