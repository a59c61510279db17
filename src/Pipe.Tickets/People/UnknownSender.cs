namespace Pipe.Tickets.People;

/// <summary>The user who stands in as owner for senders whose address nobody knows. Nothing can be sent to him (RFC 2606).</summary>
public static class UnknownSender
{
    /// <summary>His address.</summary>
    public const string Address = "unknown-sender@pipe.invalid";

    /// <summary>His name.</summary>
    public const string Name = "Unknown sender";

    /// <summary>The stand-in as an author.</summary>
    public static Correspondent Author { get; } = new(Address, Name);

    /// <summary>Whether an address is his, which nobody writes from.</summary>
    public static bool Is(string address) => AsciiText.EqualsIgnoreCase(address.Trim(), Address);
}
