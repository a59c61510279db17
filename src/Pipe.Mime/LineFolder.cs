using System.Text;

namespace Pipe.Mime;

/// <summary>Puts words into folded header lines (RFC 5322 section 2.2.3).</summary>
internal sealed class LineFolder(FormatOptions options, int column)
{
    private readonly StringBuilder _text = new();
    private int _column = column;
    private bool _empty = true;

    /// <summary>Adds a word, after a space or on a new line.</summary>
    public void Word(string word)
    {
        if (!_empty)
        {
            if (_column + 1 + word.Length > options.MaxLineLength)
            {
                _ = _text.Append(options.NewLine);
                _column = 0;
            }

            _ = _text.Append(' ');
            _column++;
        }
        else if (_column > 1 && _column + word.Length > options.MaxLineLength)
        {
            // The first word follows "Field: "; the space is there already, so the line break goes before another.
            _ = _text.Append(options.NewLine).Append(' ');
            _column = 1;
        }

        _ = _text.Append(word);
        _column += word.Length;
        _empty = false;
    }

    /// <summary>Adds the words of a text. Of several spaces all are kept: those behind the first belong to the next word.</summary>
    public void Words(string text)
    {
        int start = 0;
        while (start < text.Length)
        {
            int end = start;
            while (end < text.Length && text[end] == ' ')
                end++;
            end = end < text.Length ? text.IndexOf(' ', end) : -1;
            // A line of white space alone would end the header for some readers.
            if (end < 0 || text.AsSpan(end).IsWhiteSpace())
                end = text.Length;
            Word(text[start..end]);
            start = end + 1;
        }
    }

    /// <summary>Adds text right behind the last word.</summary>
    public void Attach(string text)
    {
        _ = _text.Append(text);
        _column += text.Length;
        _empty = false;
    }

    public override string ToString() => _text.ToString();
}
