namespace Pipe.Tickets.Reading;

/// <summary>Follows quotes, angle brackets, domain literals and comments through an address list, one character at a time.</summary>
internal struct NestingScanner
{
    private bool _escaped;
    private bool _quoted;
    private bool _inAngle;
    private bool _inLiteral;

    /// <summary>Whether quotes are characters like any other.</summary>
    public bool IgnoresQuotes { get; init; }

    /// <summary>Whether parentheses are characters like any other.</summary>
    public bool IgnoresComments { get; init; }

    /// <summary>Whether a quoted string is open.</summary>
    public readonly bool IsQuoted => _quoted;

    /// <summary>How many comments are open.</summary>
    public int CommentDepth { get; private set; }

    /// <summary>Takes the next character; whether it stands outside of everything (an opening bracket does).</summary>
    public bool IsTopLevel(char c)
    {
        if (_escaped)
        {
            _escaped = false;
            return false;
        }

        if (c == '\\')
        {
            _escaped = true;
            return false;
        }

        if (_quoted)
        {
            _quoted = c != '"';
            return false;
        }

        if (CommentDepth > 0)
        {
            CommentDepth += c == '(' ? 1 : c == ')' ? -1 : 0;
            return false;
        }

        bool outside = !_inAngle && !_inLiteral;
        switch (c)
        {
            case '"' when !IgnoresQuotes:
                _quoted = true;
                return false;
            case '(' when !IgnoresComments:
                CommentDepth = 1;
                return false;
            case '<':
                _inAngle = true;
                break;
            case '>':
                _inAngle = false;
                break;
            case '[':
                _inLiteral = true;
                break;
            case ']':
                _inLiteral = false;
                break;
        }

        return outside;
    }
}
