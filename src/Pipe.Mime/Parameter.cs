using System.Text;

namespace Pipe.Mime;

/// <summary>A parameter of a Content-Type or Content-Disposition field.</summary>
public class Parameter
{
    private string _value;
    private Encoding? _encoding;
    private ParameterEncodingMethod _encodingMethod;
    private bool _alwaysQuote;

    /// <summary>Creates a parameter.</summary>
    /// <exception cref="ArgumentException">The name has characters that no parameter name has.</exception>
    public Parameter(string name, string value)
        : this(Encoding.UTF8, name, value)
    {
    }

    /// <summary>Creates a parameter whose value is written in a charset.</summary>
    /// <exception cref="ArgumentException">The name has characters that no parameter name has.</exception>
    public Parameter(Encoding encoding, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        foreach (char c in name)
        {
            if (c is <= ' ' or >= (char)127 || "()<>@,;:\\\"/[]?=*'%".Contains(c, StringComparison.Ordinal))
                throw new ArgumentException("The name of a parameter is a token.", nameof(name));
        }

        _encoding = encoding;
        Name = name;
        _value = value;
    }

    // A name that was read is what it is.
    internal Parameter(string name, string value, bool _)
    {
        Name = name;
        _value = value;
    }

    internal IChangeObserver? Observer { get; set; }

    /// <summary>The name, as written.</summary>
    public string Name { get; }

    /// <summary>The charset the value is written in.</summary>
    public Encoding Encoding
    {
        get => _encoding ?? Encoding.UTF8;
        set
        {
            _encoding = value;
            OnChanged();
        }
    }

    /// <summary>How a value beyond US-ASCII is written.</summary>
    public ParameterEncodingMethod EncodingMethod
    {
        get => _encodingMethod;
        set
        {
            _encodingMethod = value;
            OnChanged();
        }
    }

    /// <summary>Whether the value is quoted even where it need not be.</summary>
    public bool AlwaysQuote
    {
        get => _alwaysQuote;
        set
        {
            _alwaysQuote = value;
            OnChanged();
        }
    }

    /// <summary>The decoded value.</summary>
    public string Value
    {
        get => _value;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _value = value;
            OnChanged();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name + "=\"" + Value + "\"";

    private void OnChanged() => Observer?.OnChanged(this);
}
