using System.Text;

namespace Pipe.Spool;

/// <summary>A mail's beginning, then a stream's bytes in base64, then the mail's end; made while it is read.</summary>
internal sealed class Base64MailStream(string beginning, Stream content, string end, int lineBytes) : Stream
{
    private readonly byte[] _line = new byte[lineBytes];
    private ReadOnlyMemory<byte> _pending = Encoding.ASCII.GetBytes(beginning);
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_pending.IsEmpty && !_ended)
            _pending = NextLine();

        int count = Math.Min(buffer.Length, _pending.Length);
        _pending.Span[..count].CopyTo(buffer);
        _pending = _pending[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private byte[] NextLine()
    {
        int count = content.ReadAtLeast(_line, _line.Length, throwOnEndOfStream: false);
        _ended = count == 0;
        return Encoding.ASCII.GetBytes(_ended ? end : Convert.ToBase64String(_line, 0, count) + "\r\n");
    }
}
