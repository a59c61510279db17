using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>A MIME entity (RFC 2045 section 2.4): a part, a multipart or an embedded message.</summary>
public abstract class MimeEntity : IDisposable, IChangeObserver, IHeaderObserver
{
    private ContentType? _contentType;
    private ContentDisposition? _disposition;
    private bool _dispositionRead;
    private bool _isChangingHeaders;

    /// <summary>Creates an entity of a type.</summary>
    protected MimeEntity(string mediaType, string mediaSubtype)
        : this(new ContentType(mediaType, mediaSubtype))
    {
    }

    /// <summary>Creates an entity of a type.</summary>
    protected MimeEntity(ContentType contentType)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        Headers = [];
        Attach(contentType);
        _dispositionRead = true;
        WriteContentType();
        Headers.Observer = this;
    }

    private protected MimeEntity(EntityHeaders parsed)
    {
        Headers = parsed.Headers;
        Attach(parsed.ContentType);
        Headers.Observer = this;
    }

    /// <summary>The header fields. Those of the root entity of a message are the <c>Content-*</c> fields only.</summary>
    public HeaderList Headers { get; }

    /// <summary>The media type.</summary>
    public ContentType ContentType => _contentType!;

    /// <summary>The disposition, or <c>null</c>.</summary>
    public ContentDisposition? ContentDisposition
    {
        get
        {
            if (!_dispositionRead)
            {
                _dispositionRead = true;
                Attach(ReadDisposition());
            }

            return _disposition;
        }

        set
        {
            _dispositionRead = true;
            Attach(value);
            WriteDisposition();
        }
    }

    /// <summary>Whether the disposition is <c>attachment</c>.</summary>
    public bool IsAttachment
    {
        get => ContentDisposition is { IsAttachment: true };
        set
        {
            if (ContentDisposition is { } disposition)
                disposition.IsAttachment = value;
            else
                ContentDisposition = new ContentDisposition(value ? ContentDisposition.Attachment : ContentDisposition.Inline);
        }
    }

    /// <summary>The Content-ID without angle brackets, or <c>null</c>.</summary>
    public string? ContentId
    {
        get
        {
            int index = Headers.Find(HeaderId.ContentId);
            return index < 0 ? null : MessageIdReader.ReadContentId(Headers.RawValueAt(index));
        }

        set => SetField(HeaderId.ContentId, value is null ? null : "<" + value + ">");
    }

    /// <summary>The base of relative addresses in the content, or <c>null</c>.</summary>
    public Uri? ContentBase
    {
        get => ReadUri(HeaderId.ContentBase);
        set => SetField(HeaderId.ContentBase, value?.ToString());
    }

    /// <summary>Where the content comes from, or <c>null</c>.</summary>
    public Uri? ContentLocation
    {
        get => ReadUri(HeaderId.ContentLocation);
        set => SetField(HeaderId.ContentLocation, value?.ToString());
    }

    /// <summary>Reads an entity.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static MimeEntity Load(Stream stream, CancellationToken cancellationToken = default) =>
        Load(ParserOptions.Default, stream, false, cancellationToken);

    /// <summary>Reads an entity.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static MimeEntity Load(ParserOptions options, Stream stream, CancellationToken cancellationToken = default) =>
        Load(options, stream, false, cancellationToken);

    /// <summary>Reads an entity; a persistent stream stays open and is read when the contents are asked for.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static MimeEntity Load(
        ParserOptions options, Stream stream, bool persistent, CancellationToken cancellationToken = default) =>
        new MimeParser(options, stream, MimeFormat.Entity, persistent).ParseEntity(cancellationToken);

    /// <summary>Makes the content fit for a way that carries no more than the constraint says.</summary>
    public abstract void Prepare(EncodingConstraint constraint, int maxLineLength = 78);

    /// <summary>Writes the entity, or its content without header.</summary>
    public abstract void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default);

    /// <summary>Writes the entity.</summary>
    public void WriteTo(FormatOptions options, Stream stream, CancellationToken cancellationToken = default) =>
        WriteTo(options, stream, false, cancellationToken);

    /// <summary>Writes the entity.</summary>
    public void WriteTo(Stream stream, CancellationToken cancellationToken = default) =>
        WriteTo(FormatOptions.Default, stream, false, cancellationToken);

    /// <summary>Writes the entity, or its content without header.</summary>
    public void WriteTo(Stream stream, bool contentOnly, CancellationToken cancellationToken = default) =>
        WriteTo(FormatOptions.Default, stream, contentOnly, cancellationToken);

    /// <summary>Writes the entity to a file.</summary>
    public void WriteTo(string fileName, CancellationToken cancellationToken = default)
    {
        using var stream = File.Create(fileName);
        WriteTo(FormatOptions.Default, stream, false, cancellationToken);
    }

    /// <summary>The entity as text, for people.</summary>
    public override string ToString()
    {
        using var stream = new MemoryStream();
        WriteTo(stream);
        return Encoding.Latin1.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Disposes of the contents.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    internal void WriteHeaders(FormatOptions options, Stream stream, CancellationToken cancellationToken)
    {
        Headers.WriteTo(options, stream, cancellationToken);
        stream.Write(options.NewLineBytes);
    }

    /// <summary>Disposes of the contents.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private protected void SetField(HeaderId id, string? value)
    {
        if (value is null)
            Headers.RemoveAll(id);
        else
            Headers.Replace(id, value);
    }

    private protected virtual void OnHeaderChanged(HeaderId id)
    {
        switch (id)
        {
            case HeaderId.ContentType:
                int index = Headers.Find(id);
                var type = index >= 0 && ContentType.TryParse(Headers.Options, Headers.RawMemoryAt(index), out var parsed)
                    ? parsed
                    : new ContentType("application", "octet-stream");
                Attach(type);
                break;
            case HeaderId.ContentDisposition:
                Attach(ReadDisposition());
                break;
        }
    }

    void IHeaderObserver.OnHeaderChanged(HeaderId id)
    {
        if (!_isChangingHeaders)
            OnHeaderChanged(id);
    }

    private ContentDisposition? ReadDisposition()
    {
        int index = Headers.Find(HeaderId.ContentDisposition);
        return index >= 0 && ContentDisposition.TryParse(Headers.Options, Headers.RawValueAt(index), out var disposition)
            ? disposition
            : null;
    }

    private Uri? ReadUri(HeaderId id) => Headers[id] is { Length: > 0 } text
        && Uri.TryCreate(text.Replace(" ", "", StringComparison.Ordinal), UriKind.RelativeOrAbsolute, out var uri)
        ? uri
        : null;

    private void Attach(ContentType contentType)
    {
        if (_contentType is not null)
            _contentType.Observer = null;
        _contentType = contentType;
        contentType.Observer = this;
    }

    private void Attach(ContentDisposition? disposition)
    {
        if (_disposition is not null)
            _disposition.Observer = null;
        _disposition = disposition;
        if (disposition is not null)
            disposition.Observer = this;
    }

    void IChangeObserver.OnChanged(object source)
    {
        if (source is ContentType)
            WriteContentType();
        else
            WriteDisposition();
    }

    private void WriteContentType()
    {
        _isChangingHeaders = true;
        Headers.SetRaw(
            HeaderId.ContentType,
            Encoding.UTF8.GetBytes(ParameterWriter.Write(FormatOptions.Default, "Content-Type", ContentType.MimeType, ContentType.Parameters)));
        _isChangingHeaders = false;
    }

    private void WriteDisposition()
    {
        _isChangingHeaders = true;
        if (_disposition is null)
            Headers.RemoveSilently(HeaderId.ContentDisposition);
        else
            Headers.SetRaw(
                HeaderId.ContentDisposition,
                Encoding.UTF8.GetBytes(ParameterWriter.Write(FormatOptions.Default, "Content-Disposition", _disposition.Disposition, _disposition.Parameters)));
        _isChangingHeaders = false;
    }
}
