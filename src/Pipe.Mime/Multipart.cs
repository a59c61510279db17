using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Pipe.Mime.IO;
using Pipe.Mime.Text;

namespace Pipe.Mime;

/// <summary>An entity made of entities (RFC 2046 section 5.1).</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is MimeKit's.")]
public class Multipart : MimeEntity, IList<MimeEntity>
{
    private readonly List<MimeEntity> _children;
    private string? _preamble;
    private string? _epilogue;

    /// <summary>Creates an empty multipart/mixed.</summary>
    public Multipart()
        : this("mixed")
    {
    }

    /// <summary>Creates an empty multipart of a subtype.</summary>
    public Multipart(string subtype)
        : base("multipart", subtype)
    {
        _children = [];
        ContentType.Boundary = GenerateBoundary();
    }

    /// <summary>Creates a multipart of a subtype with children.</summary>
    public Multipart(string subtype, params object[] args)
        : this(subtype)
    {
        ArgumentNullException.ThrowIfNull(args);
        foreach (object item in args)
        {
            switch (item)
            {
                case MimeEntity entity:
                    Add(entity);
                    break;
                case Header header:
                    Headers.Add(header);
                    break;
                case IEnumerable<Header> headers:
                    foreach (var header in headers)
                        Headers.Add(header);
                    break;
                default:
                    throw new ArgumentException("An argument is neither an entity nor a header.", nameof(args));
            }
        }
    }

    internal Multipart(EntityHeaders parsed)
        : base(parsed)
    {
        _children = [];
    }

    /// <summary>The boundary between the children.</summary>
    [DisallowNull]
    public string? Boundary
    {
        get => ContentType.Boundary;
        set => ContentType.Boundary = value;
    }

    /// <summary>The text before the first child, or <c>null</c>.</summary>
    public string? Preamble
    {
        get => _preamble ??= PreambleSlice.IsSet ? ReadText(PreambleSlice) : null;
        set => _preamble = value;
    }

    /// <summary>The text behind the last child, or <c>null</c>.</summary>
    public string? Epilogue
    {
        get => _epilogue ??= EpilogueSlice.IsSet ? ReadText(EpilogueSlice) : null;
        set => _epilogue = value;
    }

    /// <inheritdoc/>
    public int Count => _children.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    internal ByteSlice PreambleSlice { get; set; }

    internal ByteSlice EpilogueSlice { get; set; }

    /// <inheritdoc/>
    public MimeEntity this[int index]
    {
        get => _children[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _children[index] = value;
        }
    }

    /// <inheritdoc/>
    public void Add(MimeEntity item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _children.Add(item);
    }

    /// <inheritdoc/>
    public void Insert(int index, MimeEntity item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _children.Insert(index, item);
    }

    /// <inheritdoc/>
    public void Clear() => Clear(false);

    /// <summary>Removes the children, and disposes of them where asked.</summary>
    public void Clear(bool dispose)
    {
        if (dispose)
        {
            foreach (var child in _children)
                child.Dispose();
        }

        _children.Clear();
    }

    /// <inheritdoc/>
    public bool Contains(MimeEntity item) => _children.Contains(item);

    /// <inheritdoc/>
    public void CopyTo(MimeEntity[] array, int arrayIndex) => _children.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public int IndexOf(MimeEntity item) => _children.IndexOf(item);

    /// <inheritdoc/>
    public bool Remove(MimeEntity item) => _children.Remove(item);

    /// <inheritdoc/>
    public void RemoveAt(int index) => _children.RemoveAt(index);

    /// <inheritdoc/>
    public IEnumerator<MimeEntity> GetEnumerator() => _children.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Finds the body in a format among the children.</summary>
    public virtual bool TryGetValue(TextFormat format, [NotNullWhen(true)] out TextPart? body)
    {
        foreach (var child in _children)
        {
            if (child is Multipart multipart)
            {
                if (multipart.TryGetValue(format, out body))
                    return true;
                continue;
            }

            if (child is TextPart { IsAttachment: false } text)
            {
                if (text.IsFormat(format))
                {
                    body = text;
                    return true;
                }

                // The first text is the body; what comes after it is something else.
                break;
            }
        }

        body = null;
        return false;
    }

    /// <inheritdoc/>
    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78)
    {
        foreach (var child in _children)
            child.Prepare(constraint, maxLineLength);
    }

    /// <inheritdoc/>
    public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        if (ContentType.Boundary is null)
            ContentType.Boundary = GenerateBoundary();
        if (!contentOnly)
            WriteHeaders(options, stream, cancellationToken);
        WriteText(options, Preamble, stream, newLineBehind: true);
        byte[] boundary = Encoding.UTF8.GetBytes("--" + ContentType.Boundary);
        foreach (var child in _children)
        {
            cancellationToken.ThrowIfCancellationRequested();
            stream.Write(boundary);
            stream.Write(options.NewLineBytes);
            child.WriteTo(options, stream, false, cancellationToken);
            stream.Write(options.NewLineBytes);
        }

        stream.Write(boundary);
        stream.Write("--"u8);
        stream.Write(options.NewLineBytes);
        WriteText(options, Epilogue, stream, newLineBehind: false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var child in _children)
                child.Dispose();
        }

        base.Dispose(disposing);
    }

    // No text has "=-" and quoted-printable has no "=-" either.
    private static string GenerateBoundary() =>
        "=-" + Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('/', '_').Replace('+', '-');

    private static void WriteText(FormatOptions options, string? text, Stream stream, bool newLineBehind)
    {
        if (string.IsNullOrEmpty(text))
            return;
        new Encodings.NewLineStream(stream, options).Write(Encoding.UTF8.GetBytes(text));
        if (newLineBehind && !text.EndsWith('\n'))
            stream.Write(options.NewLineBytes);
    }

    private string ReadText(ByteSlice slice)
    {
        if (slice.IsMemory)
            return Utils.CharsetUtils.DecodeUnknown(Headers.Options, slice.Span);
        using var buffer = new PooledBufferStream();
        using var stream = slice.Open();
        stream.CopyTo(buffer);
        return Utils.CharsetUtils.DecodeUnknown(Headers.Options, buffer.WrittenSpan);
    }
}
