using System.Buffers.Text;
using System.Text;

namespace Pipe.Mime.Encodings;

/// <summary>Base64 in lines of 76 characters (RFC 2045 section 6.8).</summary>
internal sealed class Base64EncodingStream(Stream target, string newLine) : EncodingStream
{
    private const int LineBytes = 57;

    private readonly byte[] _newLine = Encoding.ASCII.GetBytes(newLine);
    private readonly byte[] _line = new byte[LineBytes];
    private readonly byte[] _encoded = new byte[76];
    private int _count;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int room = Math.Min(LineBytes - _count, buffer.Length);
            buffer[..room].CopyTo(_line.AsSpan(_count));
            _count += room;
            buffer = buffer[room..];
            if (_count == LineBytes)
                WriteLine();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _count > 0)
            WriteLine();
        base.Dispose(disposing);
    }

    private void WriteLine()
    {
        _ = Base64.EncodeToUtf8(_line.AsSpan(0, _count), _encoded, out _, out int written);
        target.Write(_encoded, 0, written);
        target.Write(_newLine);
        _count = 0;
    }
}
