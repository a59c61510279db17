using System.Text;

namespace Pipe.Mime;

/// <summary>A named group of addresses (RFC 5322 section 3.4).</summary>
public class GroupAddress : InternetAddress
{
    /// <summary>Creates a group with a name in a charset.</summary>
    public GroupAddress(Encoding encoding, string? name, IEnumerable<InternetAddress> addresses)
        : base(encoding, name)
    {
        Members = new InternetAddressList(addresses);
        Members.Changed += (_, _) => OnChanged();
    }

    /// <summary>Creates a group.</summary>
    public GroupAddress(string? name, IEnumerable<InternetAddress> addresses)
        : this(Encoding.UTF8, name, addresses)
    {
    }

    /// <summary>Creates an empty group.</summary>
    public GroupAddress(string? name)
        : this(Encoding.UTF8, name, [])
    {
    }

    /// <summary>The members.</summary>
    public InternetAddressList Members { get; }

    /// <inheritdoc/>
    public override InternetAddress Clone() => new GroupAddress(Encoding, Name, Members.Select(static m => m.Clone()));

    /// <inheritdoc/>
    public override string ToString(FormatOptions options, bool encode)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (encode)
            return AddressWriter.Encode(options, this);
        return Utils.MimeUtils.Quote(Name ?? "") + ": " + string.Join(", ", Members.Select(static m => m.ToString())) + ";";
    }

    /// <inheritdoc/>
    public override bool Equals(InternetAddress? other) =>
        other is GroupAddress group && (Name ?? "") == (group.Name ?? "") && Members.Equals(group.Members);
}
