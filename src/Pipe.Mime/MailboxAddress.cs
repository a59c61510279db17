using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Pipe.Mime;

/// <summary>The address of one mailbox, with its display name (RFC 5322 section 3.4).</summary>
public class MailboxAddress : InternetAddress
{
    private static readonly IdnMapping Idn = new();

    private string _address;

    /// <summary>Creates an address with a display name in a charset.</summary>
    public MailboxAddress(Encoding encoding, string? name, string address)
        : base(encoding, name)
    {
        ArgumentNullException.ThrowIfNull(address);
        _address = address;
        Route = [];
    }

    /// <summary>Creates an address with a display name.</summary>
    public MailboxAddress(string? name, string address)
        : this(Encoding.UTF8, name, address)
    {
    }

    /// <summary>The obsolete source route.</summary>
    public DomainList Route { get; }

    /// <summary>The addr-spec, without angle brackets.</summary>
    public string Address
    {
        get => _address;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _address = value;
            OnChanged();
        }
    }

    /// <summary>What stands before the last at sign.</summary>
    public string LocalPart => _address.LastIndexOf('@') is var at and >= 0 ? _address[..at] : _address;

    /// <summary>What stands behind the last at sign; empty where there is none.</summary>
    public string Domain => _address.LastIndexOf('@') is var at and >= 0 ? _address[(at + 1)..] : "";

    /// <summary>Whether the address needs SMTPUTF8 (RFC 6531).</summary>
    public bool IsInternational => !Ascii.IsValid(_address);

    /// <summary>Reads a mailbox.</summary>
    /// <exception cref="ParseException">It is no mailbox.</exception>
    public static new MailboxAddress Parse(string text) => Parse(ParserOptions.Default, text);

    /// <summary>Reads a mailbox.</summary>
    /// <exception cref="ParseException">It is no mailbox.</exception>
    public static new MailboxAddress Parse(ParserOptions options, string text) => TryParse(options, text, out var mailbox)
        ? mailbox
        : throw new ParseException("The text is no mailbox.", 0, 0);

    /// <summary>Reads a mailbox.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MailboxAddress? mailbox) =>
        TryParse(ParserOptions.Default, text, out mailbox);

    /// <summary>Reads a mailbox.</summary>
    public static bool TryParse(ParserOptions options, string text, [NotNullWhen(true)] out MailboxAddress? mailbox)
    {
        mailbox = InternetAddress.TryParse(options, text, out var address) ? address as MailboxAddress : null;
        return mailbox is not null;
    }

    /// <summary>The domain in its US-ASCII form (RFC 5891); the address itself where it has none.</summary>
    public static string EncodeAddrspec(string addrspec)
    {
        ArgumentNullException.ThrowIfNull(addrspec);
        return MapDomain(addrspec, Idn.GetAscii);
    }

    /// <summary>The domain in Unicode; the address itself where the domain is not encoded.</summary>
    public static string DecodeAddrspec(string addrspec)
    {
        ArgumentNullException.ThrowIfNull(addrspec);
        return MapDomain(addrspec, Idn.GetUnicode);
    }

    /// <summary>The addr-spec, with the domain in US-ASCII where asked.</summary>
    public string GetAddress(bool idnEncode) => idnEncode ? EncodeAddrspec(_address) : DecodeAddrspec(_address);

    /// <inheritdoc/>
    public override InternetAddress Clone() => new MailboxAddress(Encoding, Name, _address);

    /// <inheritdoc/>
    public override string ToString(FormatOptions options, bool encode)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (encode)
            return AddressWriter.Encode(options, this);
        return string.IsNullOrEmpty(Name) ? _address : Utils.MimeUtils.Quote(Name) + " <" + _address + ">";
    }

    /// <inheritdoc/>
    public override bool Equals(InternetAddress? other) => other is MailboxAddress mailbox
        && (Name ?? "").Equals(mailbox.Name ?? "", StringComparison.Ordinal)
        && _address.Equals(mailbox._address, StringComparison.OrdinalIgnoreCase);

    private static string MapDomain(string address, Func<string, string> map)
    {
        int at = address.LastIndexOf('@');
        if (at < 0 || at == address.Length - 1)
            return address;
        try
        {
            return string.Concat(address.AsSpan(0, at + 1), map(address[(at + 1)..]));
        }
        catch (ArgumentException)
        {
            // A domain that cannot be mapped stays what it is.
            return address;
        }
    }
}
