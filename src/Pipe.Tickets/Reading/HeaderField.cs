namespace Pipe.Tickets.Reading;

/// <summary>One header field, unfolded and not decoded.</summary>
/// <param name="Name">The name in lower case, as it stands before the colon.</param>
/// <param name="Body">Everything behind the colon; a line break with the white space after it is one blank.</param>
internal readonly record struct HeaderField(string Name, ReadOnlyMemory<byte> Body)
{
    /// <summary>The value: without the one blank that customarily follows the colon.</summary>
    public ReadOnlyMemory<byte> Value => HasBlank ? Body[1..] : Body;

    /// <summary>Whether a blank follows the colon. Where osTicket looks for mail loops and bounces it sees no other fields.</summary>
    public bool HasBlank => Body.Length > 0 && Body.Span[0] == (byte)' ';
}
