using System.Text;

namespace Pipe.Mime.Encodings;

/// <summary>Uuencode, with its "begin" and "end" lines.</summary>
internal sealed class UUEncodingStream : EncodingStream
{
    private const int LineBytes = 45;

    private readonly Stream _target;
    private readonly byte[] _newLine;
    private readonly byte[] _line = new byte[LineBytes];
    private int _count;

    public UUEncodingStream(Stream target, string newLine, string fileName)
    {
        _target = target;
        _newLine = Encoding.ASCII.GetBytes(newLine);
        _target.Write(Encoding.UTF8.GetBytes("begin 0644 " + fileName.ReplaceLineEndings("")));
        _target.Write(_newLine);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        foreach (byte b in buffer)
        {
            _line[_count++] = b;
            if (_count == LineBytes)
                WriteLine();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (_count > 0)
                WriteLine();
            _target.WriteByte((byte)'`');
            _target.Write(_newLine);
            _target.Write("end"u8);
            _target.Write(_newLine);
        }

        base.Dispose(disposing);
    }

    private void WriteLine()
    {
        _target.WriteByte(Encode(_count));
        Array.Clear(_line, _count, LineBytes - _count);
        for (int i = 0; i < _count; i += 3)
        {
            int group = (_line[i] << 16) | (_line[i + 1] << 8) | _line[i + 2];
            for (int shift = 18; shift >= 0; shift -= 6)
                _target.WriteByte(Encode((group >> shift) & 63));
        }

        _target.Write(_newLine);
        _count = 0;
    }

    private static byte Encode(int value) => (byte)(value == 0 ? '`' : value + 32);
}
