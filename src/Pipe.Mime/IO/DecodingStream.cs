using Pipe.Mime.Encodings;

namespace Pipe.Mime.IO;

/// <summary>The decoded form of a stream.</summary>
internal sealed class DecodingStream(Stream source, TransferDecoder decoder) : Stream
{
    private readonly byte[] _input = new byte[8 * 1024];
    private readonly byte[] _output = new byte[8 * 1024];
    private int _inputStart;
    private int _inputEnd;
    private int _outputStart;
    private int _outputEnd;
    private long _position;
    private bool _finished;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        while (_outputStart == _outputEnd)
        {
            if (_finished)
                return 0;
            Fill();
        }

        int count = Math.Min(buffer.Length, _outputEnd - _outputStart);
        _output.AsSpan(_outputStart, count).CopyTo(buffer);
        _outputStart += count;
        _position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _outputStart = 0;
        if (_inputStart == _inputEnd)
        {
            _inputStart = 0;
            _inputEnd = source.Read(_input, 0, _input.Length);
            if (_inputEnd == 0)
            {
                _outputEnd = decoder.Finish(_output);
                _finished = true;
                return;
            }
        }

        _outputEnd = decoder.Decode(_input.AsSpan(_inputStart, _inputEnd - _inputStart), _output, out int used);
        _inputStart += used;
    }
}
