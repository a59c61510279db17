using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pipe.Mime;

/// <summary>The header fields of a message or entity, in their order.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is MimeKit's.")]
public sealed class HeaderList : IList<Header>, IChangeObserver
{
    private readonly byte[] _source;
    private readonly long _sourceOffset;
    private HeaderSlot[] _slots;
    private int _count;

    /// <summary>Creates an empty list.</summary>
    public HeaderList()
        : this(ParserOptions.Default, [], 0, [])
    {
    }

    internal HeaderList(ParserOptions options, byte[] source, long sourceOffset, HeaderSlot[] slots)
    {
        Options = options;
        _source = source;
        _sourceOffset = sourceOffset;
        _slots = slots;
        _count = slots.Length;
    }

    internal IHeaderObserver? Observer { get; set; }

    /// <inheritdoc/>
    public int Count => _count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    internal ParserOptions Options { get; }

    /// <summary>Gets or sets the field at a place.</summary>
    public Header this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _count);
            return Materialize(index);
        }
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _count);
            var old = _slots[index];
            Detach(old.Header);
            _slots[index] = Attach(value);
            if (old.Id != value.Id)
                OnChanged(old.Id);
            OnChanged(value.Id);
        }
    }

    /// <summary>Gets the value of the first field of that name, or <c>null</c>; sets it, or adds the field.</summary>
    [DisallowNull]
    public string? this[string field]
    {
        get => Find(field) is var i and >= 0 ? Materialize(i).Value : null;
        set => Set(Find(field), new Header(field, value));
    }

    /// <summary>Gets the value of the first field of that kind, or <c>null</c>; sets it, or adds the field.</summary>
    [DisallowNull]
    public string? this[HeaderId id]
    {
        get => Find(id) is var i and >= 0 ? Materialize(i).Value : null;
        set => Set(Find(id), new Header(id, value));
    }

    /// <summary>Reads the header block of a message.</summary>
    /// <exception cref="FormatException">There is no header block.</exception>
    public static HeaderList Load(Stream stream, CancellationToken cancellationToken = default) =>
        Load(ParserOptions.Default, stream, cancellationToken);

    /// <summary>Reads the header block of a message.</summary>
    /// <exception cref="FormatException">There is no header block.</exception>
    public static HeaderList Load(ParserOptions options, Stream stream, CancellationToken cancellationToken = default) =>
        new MimeParser(options, stream, MimeFormat.Entity).ParseHeaders(cancellationToken);

    /// <inheritdoc/>
    public void Add(Header item) => Insert(_count, item);

    /// <summary>Adds a field.</summary>
    public void Add(HeaderId id, string value) => Add(new Header(id, value));

    /// <summary>Adds a field.</summary>
    public void Add(string field, string value) => Add(new Header(field, value));

    /// <summary>Adds a field in a charset.</summary>
    public void Add(HeaderId id, Encoding encoding, string value) => Add(new Header(encoding, id, value));

    /// <summary>Adds a field in a charset.</summary>
    public void Add(string field, Encoding encoding, string value) => Add(new Header(encoding, field, value));

    /// <inheritdoc/>
    public void Insert(int index, Header item)
    {
        ArgumentNullException.ThrowIfNull(item);
        InsertSilently(index, item);
        OnChanged(item.Id);
    }

    /// <summary>Inserts a field.</summary>
    public void Insert(int index, HeaderId id, string value) => Insert(index, new Header(id, value));

    /// <summary>Inserts a field.</summary>
    public void Insert(int index, string field, string value) => Insert(index, new Header(field, value));

    /// <summary>Sets the first field of that kind and removes the others, or adds it.</summary>
    public void Replace(HeaderId id, string value) => Replace(new Header(id, value));

    /// <summary>Sets the first field of that name and removes the others, or adds it.</summary>
    public void Replace(string field, string value) => Replace(new Header(field, value));

    /// <summary>Puts a field in the place of the first one of its name and removes the others, or adds it.</summary>
    public void Replace(Header header)
    {
        ArgumentNullException.ThrowIfNull(header);
        int index = Find(header.Field);
        if (index >= 0)
            _ = RemoveWhere(i => i > index && Matches(i, header.Field));
        Set(index, header);
    }

    /// <summary>Whether there is a field of that kind.</summary>
    public bool Contains(HeaderId id) => Find(id) >= 0;

    /// <summary>Whether there is a field of that name.</summary>
    public bool Contains(string field) => Find(field) >= 0;

    /// <inheritdoc/>
    public bool Contains(Header item) => IndexOf(item) >= 0;

    /// <summary>The place of the first field of that kind, or -1.</summary>
    public int IndexOf(HeaderId id) => Find(id);

    /// <summary>The place of the first field of that name, or -1.</summary>
    public int IndexOf(string field) => Find(field);

    /// <inheritdoc/>
    public int IndexOf(Header item)
    {
        ArgumentNullException.ThrowIfNull(item);
        for (int i = 0; i < _count; i++)
        {
            if (ReferenceEquals(_slots[i].Header, item))
                return i;
        }

        return -1;
    }

    /// <summary>The place of the last field of that kind, or -1.</summary>
    public int LastIndexOf(HeaderId id)
    {
        int index = _count - 1;
        while (index >= 0 && _slots[index].Id != id)
            index--;
        return index;
    }

    /// <summary>Gets the first field of that kind.</summary>
    public bool TryGetHeader(HeaderId id, [NotNullWhen(true)] out Header? header)
    {
        int index = Find(id);
        header = index >= 0 ? Materialize(index) : null;
        return header is not null;
    }

    /// <summary>Gets the first field of that name.</summary>
    public bool TryGetHeader(string field, [NotNullWhen(true)] out Header? header)
    {
        int index = Find(field);
        header = index >= 0 ? Materialize(index) : null;
        return header is not null;
    }

    /// <summary>Removes the first field of that kind.</summary>
    public bool Remove(HeaderId id)
    {
        int index = Find(id);
        if (index >= 0)
            RemoveAt(index);
        return index >= 0;
    }

    /// <summary>Removes the first field of that name.</summary>
    public bool Remove(string field)
    {
        int index = Find(field);
        if (index >= 0)
            RemoveAt(index);
        return index >= 0;
    }

    /// <inheritdoc/>
    public bool Remove(Header item)
    {
        int index = IndexOf(item);
        if (index >= 0)
            RemoveAt(index);
        return index >= 0;
    }

    /// <summary>Removes all fields of that kind.</summary>
    public void RemoveAll(HeaderId id)
    {
        if (RemoveWhere(i => _slots[i].Id == id))
            OnChanged(id);
    }

    /// <summary>Removes all fields of that name.</summary>
    public void RemoveAll(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (RemoveWhere(i => Matches(i, field)))
            OnChanged(HeaderNames.Find(field.AsSpan()));
    }

    /// <inheritdoc/>
    public void RemoveAt(int index)
    {
        var id = RemoveSilently(index);
        OnChanged(id);
    }

    /// <inheritdoc/>
    public void Clear()
    {
        while (_count > 0)
            RemoveAt(_count - 1);
    }

    /// <inheritdoc/>
    public void CopyTo(Header[] array, int arrayIndex)
    {
        ArgumentNullException.ThrowIfNull(array);
        for (int i = 0; i < _count; i++)
            array[arrayIndex + i] = Materialize(i);
    }

    /// <summary>Writes the fields, without the blank line that ends a header block.</summary>
    public void WriteTo(FormatOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        for (int i = 0; i < _count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var header = Materialize(i);
            if (header.Id == HeaderId.Unknown || !options.HiddenHeaders.Contains(header.Id))
                HeaderEncoder.Write(options, header, stream);
        }
    }

    /// <summary>Writes the fields, without the blank line that ends a header block.</summary>
    public void WriteTo(Stream stream, CancellationToken cancellationToken = default) =>
        WriteTo(FormatOptions.Default, stream, cancellationToken);

    /// <inheritdoc/>
    public IEnumerator<Header> GetEnumerator()
    {
        for (int i = 0; i < _count; i++)
            yield return Materialize(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal HeaderId IdAt(int index) => _slots[index].Id;

    internal int Find(HeaderId id)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_slots[i].Id == id)
                return i;
        }

        return -1;
    }

    /// <summary>The bytes of the value of the field at a place.</summary>
    internal ReadOnlySpan<byte> RawValueAt(int index)
    {
        ref var slot = ref _slots[index];
        return slot.Header is { } header ? header.RawSpan : _source.AsSpan(slot.ValueStart, slot.End - slot.ValueStart);
    }

    /// <summary>The bytes of the value of the field at a place, to be kept.</summary>
    internal ReadOnlyMemory<byte> RawMemoryAt(int index)
    {
        ref var slot = ref _slots[index];
        return slot.Header is { } header ? header.RawValue : _source.AsMemory(slot.ValueStart, slot.End - slot.ValueStart);
    }

    /// <summary>Sets the bytes of a field and tells nobody: the caller knows.</summary>
    internal void SetRaw(HeaderId id, byte[] rawValue)
    {
        int index = Find(id);
        var header = new Header(Options, id, null, rawValue);
        if (index < 0)
        {
            InsertSilently(_count, header);
        }
        else
        {
            Detach(_slots[index].Header);
            _slots[index] = Attach(header);
        }
    }

    internal void SetSilently(HeaderId id, string value)
    {
        int index = Find(id);
        if (index < 0)
        {
            InsertSilently(_count, new Header(id, value));
        }
        else
        {
            Detach(_slots[index].Header);
            _slots[index] = Attach(new Header(id, value));
        }
    }

    internal void RemoveSilently(HeaderId id)
    {
        _ = RemoveWhere(i => _slots[i].Id == id);
    }

    private int Find(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var id = HeaderNames.Find(field.AsSpan());
        if (id != HeaderId.Unknown)
            return Find(id);
        for (int i = 0; i < _count; i++)
        {
            if (_slots[i].Id == HeaderId.Unknown && Matches(i, field))
                return i;
        }

        return -1;
    }

    private bool Matches(int index, string field)
    {
        ref var slot = ref _slots[index];
        return slot.Header is { } header
            ? header.Field.Equals(field, StringComparison.OrdinalIgnoreCase)
            : Ascii.EqualsIgnoreCase(_source.AsSpan(slot.Start, slot.NameLength), field);
    }

    private Header Materialize(int index)
    {
        ref var slot = ref _slots[index];
        if (slot.Header is null)
        {
            slot.Header = new Header(Options, _source, slot, _sourceOffset + slot.Start);
            slot.Header.Observer = this;
        }

        return slot.Header;
    }

    private void Set(int index, Header header)
    {
        if (index < 0)
            Add(header);
        else
            this[index] = header;
    }

    private void InsertSilently(int index, Header header)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, _count);
        if (_count == _slots.Length)
            Array.Resize(ref _slots, Math.Max(4, _count * 2));
        Array.Copy(_slots, index, _slots, index + 1, _count - index);
        _slots[index] = Attach(header);
        _count++;
    }

    private HeaderId RemoveSilently(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _count);
        var old = _slots[index];
        Detach(old.Header);
        _count--;
        Array.Copy(_slots, index + 1, _slots, index, _count - index);
        _slots[_count] = default;
        return old.Id;
    }

    // In one pass: a message may have a hundred thousand fields of one name.
    private bool RemoveWhere(Func<int, bool> matches)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (matches(i))
                Detach(_slots[i].Header);
            else
                _slots[kept++] = _slots[i];
        }

        bool removed = kept < _count;
        Array.Clear(_slots, kept, _count - kept);
        _count = kept;
        return removed;
    }

    private HeaderSlot Attach(Header header)
    {
        header.Observer = this;
        return new HeaderSlot { Header = header, Id = header.Id };
    }

    private static void Detach(Header? header)
    {
        if (header is not null)
            header.Observer = null;
    }

    void IChangeObserver.OnChanged(object source) => OnChanged(((Header)source).Id);

    private void OnChanged(HeaderId id) => Observer?.OnHeaderChanged(id);
}
