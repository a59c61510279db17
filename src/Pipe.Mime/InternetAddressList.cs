using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pipe.Mime;

/// <summary>A list of addresses (RFC 5322 section 3.4).</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is MimeKit's.")]
public sealed class InternetAddressList : IList<InternetAddress>, IEquatable<InternetAddressList>
{
    private readonly List<InternetAddress> _items;

    /// <summary>Creates an empty list.</summary>
    public InternetAddressList() => _items = [];

    /// <summary>Creates a list of the given addresses.</summary>
    public InternetAddressList(IEnumerable<InternetAddress> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        _items = [];
        foreach (var address in addresses)
        {
            address.Changed += OnItemChanged;
            _items.Add(address);
        }
    }

    internal event EventHandler? Changed;

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <summary>The mailboxes, those in groups included, in their order.</summary>
    public IEnumerable<MailboxAddress> Mailboxes
    {
        get
        {
            foreach (var item in _items)
            {
                if (item is MailboxAddress mailbox)
                {
                    yield return mailbox;
                }
                else if (item is GroupAddress group)
                {
                    foreach (var member in group.Members.Mailboxes)
                        yield return member;
                }
            }
        }
    }

    /// <inheritdoc/>
    public InternetAddress this[int index]
    {
        get => _items[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _items[index].Changed -= OnItemChanged;
            _items[index] = value;
            value.Changed += OnItemChanged;
            OnChanged();
        }
    }

    /// <summary>Reads a list.</summary>
    /// <exception cref="ParseException">There is no address in the text.</exception>
    public static InternetAddressList Parse(string text) => Parse(ParserOptions.Default, text);

    /// <summary>Reads a list.</summary>
    /// <exception cref="ParseException">There is no address in the text.</exception>
    public static InternetAddressList Parse(ParserOptions options, string text) => TryParse(options, text, out var list)
        ? list
        : throw new ParseException("There is no address in the text.", 0, 0);

    /// <summary>Reads a list.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out InternetAddressList? addresses) =>
        TryParse(ParserOptions.Default, text, out addresses);

    /// <summary>Reads a list.</summary>
    public static bool TryParse(ParserOptions options, string text, [NotNullWhen(true)] out InternetAddressList? addresses)
    {
        ArgumentNullException.ThrowIfNull(text);
        var items = AddressReader.Read(options, Encoding.UTF8.GetBytes(text));
        addresses = items.Count > 0 ? new InternetAddressList(items) : null;
        return addresses is not null;
    }

    /// <inheritdoc/>
    public void Add(InternetAddress item) => Insert(_items.Count, item);

    /// <summary>Adds addresses.</summary>
    public void AddRange(IEnumerable<InternetAddress> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        foreach (var address in addresses)
            AddSilently(address);
        OnChanged();
    }

    /// <inheritdoc/>
    public void Insert(int index, InternetAddress item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _items.Insert(index, item);
        item.Changed += OnItemChanged;
        OnChanged();
    }

    /// <inheritdoc/>
    public bool Contains(InternetAddress item) => _items.Contains(item);

    /// <inheritdoc/>
    public int IndexOf(InternetAddress item) => _items.IndexOf(item);

    /// <inheritdoc/>
    public bool Remove(InternetAddress item)
    {
        int index = _items.IndexOf(item);
        if (index >= 0)
            RemoveAt(index);
        return index >= 0;
    }

    /// <inheritdoc/>
    public void RemoveAt(int index)
    {
        _items[index].Changed -= OnItemChanged;
        _items.RemoveAt(index);
        OnChanged();
    }

    /// <inheritdoc/>
    public void Clear()
    {
        foreach (var item in _items)
            item.Changed -= OnItemChanged;
        _items.Clear();
        OnChanged();
    }

    /// <inheritdoc/>
    public void CopyTo(InternetAddress[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<InternetAddress> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(InternetAddressList? other) => other is not null && _items.SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as InternetAddressList);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    /// <summary>The list as text, encoded for a header where asked.</summary>
    public string ToString(FormatOptions options, bool encode) => encode
        ? AddressWriter.Encode(options, this)
        : string.Join(", ", _items.Select(static a => a.ToString()));

    /// <summary>The list as text, encoded for a header where asked.</summary>
    public string ToString(bool encode) => ToString(FormatOptions.Default, encode);

    /// <inheritdoc/>
    public override string ToString() => ToString(FormatOptions.Default, false);

    internal void AddSilently(InternetAddress item)
    {
        _items.Add(item);
        item.Changed += OnItemChanged;
    }

    internal void AddSilently(List<InternetAddress> items)
    {
        foreach (var item in items)
            AddSilently(item);
    }

    private void OnItemChanged(object? sender, EventArgs e) => OnChanged();

    private void OnChanged() => Changed?.Invoke(this, EventArgs.Empty);
}
