using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pipe.Mime;

/// <summary>A mailbox or a group of them (RFC 5322 section 3.4).</summary>
public abstract class InternetAddress : IEquatable<InternetAddress>
{
    private Encoding _encoding;
    private string? _name;

    /// <summary>Creates an address.</summary>
    protected InternetAddress(Encoding encoding, string? name)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        _encoding = encoding;
        _name = name;
    }

    internal event EventHandler? Changed;

    /// <summary>The charset the display name is written in.</summary>
    public Encoding Encoding
    {
        get => _encoding;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _encoding = value;
            OnChanged();
        }
    }

    /// <summary>The decoded display name.</summary>
    public string? Name
    {
        get => _name;
        set
        {
            _name = value;
            OnChanged();
        }
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="ParseException">It is no address.</exception>
    public static InternetAddress Parse(string text) => Parse(ParserOptions.Default, text);

    /// <summary>Reads an address.</summary>
    /// <exception cref="ParseException">It is no address.</exception>
    public static InternetAddress Parse(ParserOptions options, string text) => TryParse(options, text, out var address)
        ? address
        : throw new ParseException("The text is no address.", 0, 0);

    /// <summary>Reads an address.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out InternetAddress? address) =>
        TryParse(ParserOptions.Default, text, out address);

    /// <summary>Reads an address.</summary>
    public static bool TryParse(ParserOptions options, string text, [NotNullWhen(true)] out InternetAddress? address)
    {
        ArgumentNullException.ThrowIfNull(text);
        var list = AddressReader.Read(options, Encoding.UTF8.GetBytes(text));
        address = list.Count == 1 ? list[0] : null;
        return address is not null;
    }

    /// <summary>Makes a copy.</summary>
    public abstract InternetAddress Clone();

    /// <summary>The address as text, encoded for a header where asked.</summary>
    public abstract string ToString(FormatOptions options, bool encode);

    /// <summary>The address as text, encoded for a header where asked.</summary>
    public string ToString(bool encode) => ToString(FormatOptions.Default, encode);

    /// <inheritdoc/>
    public override string ToString() => ToString(FormatOptions.Default, false);

    /// <inheritdoc/>
    public abstract bool Equals(InternetAddress? other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as InternetAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    internal void OnChanged() => Changed?.Invoke(this, EventArgs.Empty);
}
