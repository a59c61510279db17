using System.Text;

namespace Pipe.Mime.Tests;

/// <summary>A message with one large attachment that exists nowhere: its bytes are made when they are read.</summary>
public sealed class SyntheticStream(long length) : Stream
{
    private static readonly byte[] Head = Encoding.ASCII.GetBytes(
        "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee below\r\n--b\r\n"
        + "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n");

    private static readonly byte[] Line = Encoding.ASCII.GetBytes(new string('A', 76) + "\r\n");

    private static readonly byte[] Tail = Encoding.ASCII.GetBytes("\r\n--b--\r\n");

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, Math.Max(0, length - Position));
        for (int i = 0; i < count; i++)
            buffer[i] = At(Position + i);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private byte At(long position)
    {
        if (position < Head.Length)
            return Head[position];
        if (position >= length - Tail.Length)
            return Tail[position - (length - Tail.Length)];
        return Line[(position - Head.Length) % Line.Length];
    }
}
