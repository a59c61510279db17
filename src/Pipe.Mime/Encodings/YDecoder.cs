namespace Pipe.Mime.Encodings;

/// <summary>Decodes yEnc, such as it stands in the text of a message: from the "=ybegin" line to the "=yend" line.</summary>
public class YDecoder : IMimeDecoder
{
    private const int LongestKeyword = 8;

    private readonly bool _payloadOnly;
    private byte[] _lineStart = new byte[LongestKeyword];
    private int _column;
    private bool _begun;
    private bool _ended;
    private bool _escaped;
    private bool _isKeywordLine;

    /// <summary>Creates a decoder of a whole text, or of the encoded lines alone.</summary>
    public YDecoder(bool payloadOnly = false)
    {
        _payloadOnly = payloadOnly;
        _begun = payloadOnly;
    }

    /// <inheritdoc/>
    public ContentEncoding Encoding => ContentEncoding.Default;

    /// <inheritdoc/>
    public IMimeDecoder Clone()
    {
        var copy = (YDecoder)MemberwiseClone();
        copy._lineStart = (byte[])_lineStart.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public int EstimateOutputLength(int inputLength) => inputLength;

    /// <inheritdoc/>
    public int Decode(byte[] input, int startIndex, int length, byte[] output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        int count = 0;
        foreach (byte b in input.AsSpan(startIndex, length))
        {
            if (b is (byte)'\r' or (byte)'\n')
            {
                if (b == '\n')
                    EndLine();
            }
            else if (Take(b))
            {
                output[count++] = (byte)(b - (_escaped ? 42 + 64 : 42));
                _escaped = false;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _begun = _payloadOnly;
        _column = 0;
        _ended = _escaped = _isKeywordLine = false;
    }

    // Whether the byte is data. "=y" at the start of a line begins a keyword, for no data is written like that.
    private bool Take(byte b)
    {
        int column = _column++;
        if (column < LongestKeyword)
            _lineStart[column] = b;
        if (column == 1 && _lineStart[0] == '=' && b == 'y')
        {
            _isKeywordLine = true;
            _escaped = false;
        }

        if (!_begun || _ended || _isKeywordLine)
            return false;
        if (b == '=' && !_escaped)
        {
            _escaped = true;
            return false;
        }

        return true;
    }

    private void EndLine()
    {
        if (_isKeywordLine)
        {
            var keyword = _lineStart.AsSpan(0, Math.Min(_column, LongestKeyword));
            _begun |= keyword.StartsWith("=ybegin"u8);
            _ended |= keyword.StartsWith("=yend"u8);
        }

        _column = 0;
        _isKeywordLine = false;
        _escaped = false;
    }
}
