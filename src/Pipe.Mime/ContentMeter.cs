namespace Pipe.Mime;

/// <summary>Takes the measure of a content that is written to it.</summary>
internal sealed class ContentMeter : Stream
{
    private long _total;
    private long _eightBit;
    private int _line;
    private int _maxLine;
    private bool _hasNull;
    private bool _hasBareReturn;
    private byte _last;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _total;

    public override long Position
    {
        get => _total;
        set => throw new NotSupportedException();
    }

    public ContentEncoding Best(EncodingConstraint constraint, int maxLineLength, bool isText)
    {
        int longest = Math.Max(_maxLine, _line);
        if (!isText && (_eightBit > 0 || _hasNull || _hasBareReturn))
            return constraint == EncodingConstraint.None ? ContentEncoding.Binary : ContentEncoding.Base64;
        bool linesFit = longest <= maxLineLength && !_hasNull && !_hasBareReturn;
        if (linesFit && _eightBit == 0)
            return ContentEncoding.SevenBit;
        if (linesFit && constraint != EncodingConstraint.SevenBit)
            return ContentEncoding.EightBit;
        // A sixth is where base64 gets shorter.
        return _hasNull || _eightBit > _total / 6 ? ContentEncoding.Base64 : ContentEncoding.QuotedPrintable;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _total += buffer.Length;
        foreach (byte b in buffer)
        {
            if (b == '\n')
            {
                _maxLine = Math.Max(_maxLine, _last == '\r' ? _line - 1 : _line);
                _line = 0;
            }
            else
            {
                _line++;
                _hasBareReturn |= _last == '\r';
                _hasNull |= b == 0;
                if (b >= 0x80)
                    _eightBit++;
            }

            _last = b;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
