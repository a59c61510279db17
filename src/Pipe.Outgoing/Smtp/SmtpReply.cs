namespace Pipe.Outgoing.Smtp;

/// <summary>A reply (RFC 5321 section 4.2): its code and the text of its lines.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int MaxTextLength = 300;

    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>Code and text in one line for a log.</summary>
    public override string ToString()
    {
        string text = string.Join(' ', Lines);
        return $"{Code} {(text.Length > MaxTextLength ? text[..MaxTextLength] : text)}";
    }
}
