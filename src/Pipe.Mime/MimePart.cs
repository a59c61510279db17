using System.Security.Cryptography;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>An entity with content of its own.</summary>
public class MimePart : MimeEntity
{
    private ContentEncoding? _encoding;

    /// <summary>Creates a part of the type application/octet-stream.</summary>
    public MimePart()
        : this("application", "octet-stream")
    {
    }

    /// <summary>Creates a part of a type.</summary>
    public MimePart(string mediaType, string mediaSubtype)
        : base(mediaType, mediaSubtype)
    {
    }

    /// <summary>Creates a part of a type.</summary>
    public MimePart(ContentType contentType)
        : base(contentType)
    {
    }

    /// <summary>Creates a part of a type, such as <c>image/png</c>.</summary>
    public MimePart(string contentType)
        : this(ContentType.Parse(contentType))
    {
    }

    internal MimePart(EntityHeaders parsed)
        : base(parsed)
    {
    }

    /// <summary>The content; <c>null</c> where the part ended before any.</summary>
    public IMimeContent? Content { get; set; }

    /// <summary>The transfer encoding.</summary>
    public ContentEncoding ContentTransferEncoding
    {
        get => _encoding ??= ReadEncoding();
        set
        {
            SetField(HeaderId.ContentTransferEncoding, TransferEncodingName.Get(value));
            _encoding = value;
        }
    }

    /// <summary>The Content-Description, or <c>null</c>.</summary>
    public string? ContentDescription
    {
        get => Headers[HeaderId.ContentDescription];
        set => SetField(HeaderId.ContentDescription, value);
    }

    /// <summary>The Content-MD5, or <c>null</c>.</summary>
    public string? ContentMd5
    {
        get => Headers[HeaderId.ContentMd5];
        set => SetField(HeaderId.ContentMd5, value);
    }

    /// <summary>The Content-Duration in seconds, or <c>null</c>.</summary>
    public int? ContentDuration
    {
        get => int.TryParse(Headers[HeaderId.ContentDuration], System.Globalization.NumberStyles.None, null, out int seconds) ? seconds : null;
        set => SetField(HeaderId.ContentDuration, value?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The <c>filename</c> of the disposition, else the <c>name</c> of the type, or <c>null</c>.</summary>
    public string? FileName
    {
        get
        {
            string? name = ContentDisposition?.FileName ?? ContentType.Name;
            return name?.Trim();
        }

        set
        {
            if (value is not null)
                (ContentDisposition ??= new ContentDisposition()).FileName = value;
            else if (ContentDisposition is { } disposition)
                disposition.FileName = null;
            ContentType.Name = value;
        }
    }

    /// <summary>The encoding that suits the content best.</summary>
    public ContentEncoding GetBestEncoding(EncodingConstraint constraint, CancellationToken cancellationToken = default) =>
        GetBestEncoding(constraint, 78, cancellationToken);

    /// <summary>The encoding that suits the content best, with lines no longer than that.</summary>
    public ContentEncoding GetBestEncoding(
        EncodingConstraint constraint, int maxLineLength, CancellationToken cancellationToken = default)
    {
        if (Content is null)
            return ContentEncoding.SevenBit;
        var meter = new ContentMeter();
        Content.DecodeTo(meter, cancellationToken);
        return meter.Best(constraint, maxLineLength, ContentType.IsMimeType("text", "*"));
    }

    /// <summary>The MD5 of the decoded content, in base64.</summary>
    public string ComputeContentMd5()
    {
        using var buffer = new MemoryStream();
        Content?.DecodeTo(buffer);
#pragma warning disable CA5351 // RFC 1864 says MD5; it is a checksum here.
        return Convert.ToBase64String(MD5.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
#pragma warning restore CA5351
    }

    /// <inheritdoc/>
    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78)
    {
        bool fits = ContentTransferEncoding switch
        {
            // What was read is written as it came unless the way demands otherwise.
            _ when constraint == EncodingConstraint.None && Content is MimeContent { IsParsed: true } => true,
            ContentEncoding.Base64 or ContentEncoding.QuotedPrintable or ContentEncoding.UUEncode => true,
            ContentEncoding.Binary => constraint == EncodingConstraint.None,
            _ => false,
        };
        if (!fits)
            ContentTransferEncoding = GetBestEncoding(constraint, maxLineLength);
    }

    /// <inheritdoc/>
    public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        if (!contentOnly)
            WriteHeaders(options, stream, cancellationToken);
        if (Content is not null)
            ContentWriter.Write(options, this, Content, stream, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Content?.Dispose();
        base.Dispose(disposing);
    }

    private protected override void OnHeaderChanged(HeaderId id)
    {
        base.OnHeaderChanged(id);
        if (id == HeaderId.ContentTransferEncoding)
            _encoding = null;
    }

    private ContentEncoding ReadEncoding()
    {
        int index = Headers.Find(HeaderId.ContentTransferEncoding);
        return index < 0 ? ContentEncoding.Default : TransferEncodingName.Read(Headers.RawValueAt(index));
    }
}
