using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pipe.Mime;

/// <summary>The parameters of a Content-Type or Content-Disposition field, in their order.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is MimeKit's.")]
public sealed class ParameterList : IList<Parameter>, IChangeObserver
{
    // Most lists have one parameter.
    private readonly List<Parameter> _items = new(1);

    internal IChangeObserver? Observer { get; set; }

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <summary>Gets or sets the parameter at a place.</summary>
    public Parameter this[int index]
    {
        get => _items[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _items[index].Observer = null;
            _items[index] = value;
            value.Observer = this;
            OnChanged();
        }
    }

    /// <summary>Gets the value of the parameter of that name, or <c>null</c>; sets it, or adds the parameter.</summary>
    [DisallowNull]
    public string? this[string name]
    {
        get => TryGetValue(name, out Parameter? parameter) ? parameter.Value : null;
        set
        {
            if (TryGetValue(name, out Parameter? parameter))
                parameter.Value = value;
            else
                Add(name, value);
        }
    }

    /// <summary>Adds a parameter.</summary>
    public void Add(string name, string value) => Add(new Parameter(name, value));

    /// <summary>Adds a parameter whose value is written in a charset.</summary>
    public void Add(Encoding encoding, string name, string value) => Add(new Parameter(encoding, name, value));

    /// <inheritdoc/>
    public void Add(Parameter item) => Insert(_items.Count, item);

    /// <inheritdoc/>
    public void Insert(int index, Parameter item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _items.Insert(index, item);
        item.Observer = this;
        OnChanged();
    }

    /// <summary>Inserts a parameter.</summary>
    public void Insert(int index, string name, string value) => Insert(index, new Parameter(name, value));

    /// <summary>Whether there is a parameter of that name.</summary>
    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <inheritdoc/>
    public bool Contains(Parameter item) => _items.Contains(item);

    /// <summary>The place of the parameter of that name, or -1.</summary>
    public int IndexOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (int i = 0; i < _items.Count; i++)
        {
            if (_items[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }

    /// <inheritdoc/>
    public int IndexOf(Parameter item) => _items.IndexOf(item);

    /// <summary>Gets the parameter of that name.</summary>
    public bool TryGetValue(string name, [NotNullWhen(true)] out Parameter? param)
    {
        int index = IndexOf(name);
        param = index >= 0 ? _items[index] : null;
        return param is not null;
    }

    /// <summary>Gets the value of the parameter of that name.</summary>
    public bool TryGetValue(string name, [NotNullWhen(true)] out string? value)
    {
        value = TryGetValue(name, out Parameter? parameter) ? parameter.Value : null;
        return value is not null;
    }

    /// <summary>Removes the parameter of that name.</summary>
    public bool Remove(string name)
    {
        int index = IndexOf(name);
        if (index >= 0)
            RemoveAt(index);
        return index >= 0;
    }

    /// <inheritdoc/>
    public bool Remove(Parameter item)
    {
        int index = _items.IndexOf(item);
        if (index >= 0)
            RemoveAt(index);
        return index >= 0;
    }

    /// <inheritdoc/>
    public void RemoveAt(int index)
    {
        _items[index].Observer = null;
        _items.RemoveAt(index);
        OnChanged();
    }

    /// <inheritdoc/>
    public void Clear()
    {
        foreach (var item in _items)
            item.Observer = null;
        _items.Clear();
        OnChanged();
    }

    /// <inheritdoc/>
    public void CopyTo(Parameter[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void IChangeObserver.OnChanged(object source) => OnChanged();

    private void OnChanged() => Observer?.OnChanged(this);
}
