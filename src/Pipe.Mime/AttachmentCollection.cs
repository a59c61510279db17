using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Pipe.Mime;

/// <summary>The files of a message under construction.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is MimeKit's.")]
public class AttachmentCollection : IList<MimeEntity>
{
    private readonly List<MimeEntity> _items = [];
    private readonly bool _linked;

    /// <summary>Creates a collection of attachments.</summary>
    public AttachmentCollection()
    {
    }

    /// <summary>Creates a collection of attachments, or of files that the text refers to.</summary>
    public AttachmentCollection(bool linkedResources) => _linked = linkedResources;

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    public MimeEntity this[int index]
    {
        get => _items[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _items[index] = value;
        }
    }

    /// <summary>Adds a file.</summary>
    public MimeEntity Add(string fileName, byte[] data) => Add(fileName, data, TypeOf(fileName));

    /// <summary>Adds a file of a type.</summary>
    public MimeEntity Add(string fileName, byte[] data, ContentType contentType)
    {
        ArgumentNullException.ThrowIfNull(data);
        return AddPart(fileName, new MemoryStream(data, false), contentType);
    }

    /// <summary>Adds a file.</summary>
    public MimeEntity Add(string fileName, Stream stream, CancellationToken cancellationToken = default) =>
        Add(fileName, stream, TypeOf(fileName), cancellationToken);

    /// <summary>Adds a file of a type.</summary>
    public MimeEntity Add(string fileName, Stream stream, ContentType contentType, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        cancellationToken.ThrowIfCancellationRequested();
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return AddPart(fileName, copy, contentType);
    }

    /// <summary>Adds a file.</summary>
    public MimeEntity Add(string fileName, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Add(Path.GetFileName(fileName), File.ReadAllBytes(fileName));
    }

    /// <inheritdoc/>
    public void Add(MimeEntity item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _items.Add(item);
    }

    /// <inheritdoc/>
    public void Insert(int index, MimeEntity item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _items.Insert(index, item);
    }

    /// <inheritdoc/>
    public void Clear() => _items.Clear();

    /// <summary>Removes the files, and disposes of them where asked.</summary>
    public void Clear(bool dispose)
    {
        if (dispose)
        {
            foreach (var item in _items)
                item.Dispose();
        }

        _items.Clear();
    }

    /// <inheritdoc/>
    public bool Contains(MimeEntity item) => _items.Contains(item);

    /// <inheritdoc/>
    public void CopyTo(MimeEntity[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public int IndexOf(MimeEntity item) => _items.IndexOf(item);

    /// <inheritdoc/>
    public bool Remove(MimeEntity item) => _items.Remove(item);

    /// <inheritdoc/>
    public void RemoveAt(int index) => _items.RemoveAt(index);

    /// <inheritdoc/>
    public IEnumerator<MimeEntity> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static ContentType TypeOf(string fileName) => ContentType.Parse(MimeTypes.GetMimeType(fileName));

    private MimePart AddPart(string fileName, Stream stream, ContentType contentType)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentNullException.ThrowIfNull(contentType);
        var type = new ContentType(contentType.MediaType, contentType.MediaSubtype);
        foreach (var parameter in contentType.Parameters)
            type.Parameters.Add(new Parameter(parameter.Name, parameter.Value));
        string name = Path.GetFileName(fileName);
        var part = type.IsMimeType("text", "*") ? new TextPart(type.MediaSubtype) : new MimePart(type);
        foreach (var parameter in type.Parameters)
            part.ContentType.Parameters[parameter.Name] = parameter.Value;
        part.ContentDisposition = new ContentDisposition(_linked ? ContentDisposition.Inline : ContentDisposition.Attachment);
        part.FileName = name;
        part.Content = new MimeContent(stream);
        part.ContentTransferEncoding = part is TextPart
            ? part.GetBestEncoding(EncodingConstraint.SevenBit)
            : ContentEncoding.Base64;
        if (_linked)
            part.ContentLocation = new Uri(Uri.EscapeDataString(name), UriKind.Relative);
        _items.Add(part);
        return part;
    }
}
