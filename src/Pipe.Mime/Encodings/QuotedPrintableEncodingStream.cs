using System.Text;

namespace Pipe.Mime.Encodings;

/// <summary>Quoted-printable in lines of at most 76 characters (RFC 2045 section 6.7).</summary>
internal sealed class QuotedPrintableEncodingStream(Stream target, string newLine) : EncodingStream
{
    private const int MaxLine = 76;

    private readonly byte[] _newLine = Encoding.ASCII.GetBytes(newLine);
    private readonly byte[] _line = new byte[MaxLine];
    private int _count;
    private int _space = -1;
    private bool _return;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        foreach (byte b in buffer)
            Write(b);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (_return)
                PutEscaped((byte)'\r');
            PutSpace(escape: true);
            target.Write(_line, 0, _count);
            // The encoded lines end before the boundary without adding one to the content.
            if (_count > 0)
            {
                target.WriteByte((byte)'=');
                target.Write(_newLine);
            }

            _count = 0;
        }

        base.Dispose(disposing);
    }

    private void Write(byte b)
    {
        if (_return)
        {
            _return = false;
            if (b != '\n')
                PutEscaped((byte)'\r');
        }

        switch (b)
        {
            case (byte)'\r':
                _return = true;
                break;
            case (byte)'\n':
                PutSpace(escape: true);
                target.Write(_line, 0, _count);
                target.Write(_newLine);
                _count = 0;
                break;
            case (byte)' ' or (byte)'\t':
                PutSpace(escape: false);
                _space = b;
                break;
            case > 32 and < 127 and not (byte)'=':
                PutSpace(escape: false);
                // ".", "From " and "--" at the start of a line mean something to those on the way.
                if (_count == 0 && b is (byte)'.' or (byte)'F' or (byte)'-')
                    PutEscaped(b);
                else
                    Put(b);
                break;
            default:
                PutSpace(escape: false);
                PutEscaped(b);
                break;
        }
    }

    // A space may stand for itself unless the line ends behind it.
    private void PutSpace(bool escape)
    {
        if (_space < 0)
            return;
        byte space = (byte)_space;
        _space = -1;
        if (escape)
            PutEscaped(space);
        else
            Put(space);
    }

    private void Put(byte b)
    {
        MakeRoom(1);
        _line[_count++] = b;
    }

    private void PutEscaped(byte b)
    {
        MakeRoom(3);
        _line[_count++] = (byte)'=';
        _line[_count++] = (byte)"0123456789ABCDEF"[b >> 4];
        _line[_count++] = (byte)"0123456789ABCDEF"[b & 15];
    }

    private void MakeRoom(int length)
    {
        if (_count + length < MaxLine)
            return;
        target.Write(_line, 0, _count);
        target.WriteByte((byte)'=');
        target.Write(_newLine);
        _count = 0;
    }
}
