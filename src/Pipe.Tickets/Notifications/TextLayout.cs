using System.Text;

namespace Pipe.Tickets.Notifications;

/// <summary>Collects text into lines: white space collapsed, paragraphs apart, long lines folded at blanks.</summary>
internal sealed class TextLayout
{
    /// <summary>The longest line that folding leaves (RFC 5322 section 2.1.1), where there are blanks to fold at.</summary>
    public const int MaxLineLength = 78;

    private const int MaxLineEnds = 2;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private string _indent = "";
    private string _bullet = "";
    private int _pendingLines;
    private bool _pendingBlank;
    private bool _lineIsPreformatted;

    /// <summary>What every further line begins with.</summary>
    public string Indent
    {
        get => _indent;
        set
        {
            EndLine();
            _indent = value;
        }
    }

    /// <summary>Begins a list item: the mark stands before its first line.</summary>
    public void Bullet(string mark)
    {
        Separate(1);
        _bullet = mark;
    }

    /// <summary>Text in which white space is only a separator.</summary>
    public void Flow(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c is ' ' or '\t' or '\r' or '\n' or '\f')
            {
                _pendingBlank |= _line.Length > 0;
                continue;
            }

            Begin();
            if (_pendingBlank)
                _line.Append(' ');
            _pendingBlank = false;
            _line.Append(c == '\u00a0' ? ' ' : c);
        }
    }

    /// <summary>Text in which every character counts.</summary>
    public void Preformatted(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c == '\r')
                continue;
            if (c == '\n')
            {
                NewLine(int.MaxValue);
                continue;
            }

            Begin();
            if (_pendingBlank)
                _line.Append(' ');
            _pendingBlank = false;
            _lineIsPreformatted = true;
            _line.Append(c == '\u00a0' ? ' ' : c);
        }
    }

    /// <summary>Ends the line, or adds an empty one; never two empty ones.</summary>
    public void NewLine() => NewLine(MaxLineEnds);

    /// <summary>A blank before what follows on the same line.</summary>
    public void Blank() => _pendingBlank |= _line.Length > 0;

    /// <summary>Ends the line and sees to it that at least so many line ends stand before what follows.</summary>
    public void Separate(int lineEnds)
    {
        EndLine();
        if (_text.Length > 0)
            _pendingLines = Math.Max(_pendingLines, lineEnds);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        EndLine();
        return _text.ToString();
    }

    private void NewLine(int maxLineEnds)
    {
        if (_line.Length > 0)
            EndLine();
        else if (_pendingLines < maxLineEnds)
            _pendingLines++;
    }

    private void Begin()
    {
        if (_line.Length > 0)
            return;

        if (_text.Length > 0)
            _text.Append('\n', Math.Max(_pendingLines, 1));
        _pendingLines = 0;
        _pendingBlank = false;
        _lineIsPreformatted = false;
    }

    private void EndLine()
    {
        _pendingBlank = false;
        if (_line.Length == 0)
            return;

        var line = _line.ToString().AsSpan().TrimEnd(' ');
        string indent = _indent + _bullet;
        string hanging = _indent + new string(' ', _bullet.Length);
        while (!_lineIsPreformatted && indent.Length + line.Length > MaxLineLength && Fold(line, indent.Length) is var fold and > 0)
        {
            _text.Append(indent).Append(line[..fold].TrimEnd(' ')).Append('\n');
            line = line[(fold + 1)..].TrimStart(' ');
            indent = hanging;
        }

        _text.Append(indent).Append(line);
        _bullet = "";
        _line.Clear();
        _pendingLines = 1;
    }

    // The last blank that lets the line fit; else the first one there is: no word is ever cut.
    private static int Fold(ReadOnlySpan<char> line, int indent)
    {
        int room = Math.Min(Math.Max(MaxLineLength - indent, 20), line.Length - 1);
        int fold = line[..(room + 1)].LastIndexOf(' ');
        return fold > 0 ? fold : line.IndexOf(' ');
    }
}
