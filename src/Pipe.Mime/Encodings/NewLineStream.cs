namespace Pipe.Mime.Encodings;

/// <summary>Makes all line endings those that the options ask for.</summary>
internal sealed class NewLineStream(Stream target, FormatOptions options) : EncodingStream
{
    private bool _held;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var newLine = options.NewLineBytes;
        while (!buffer.IsEmpty)
        {
            if (_held)
            {
                _held = false;
                if (buffer[0] != '\n')
                    target.WriteByte((byte)'\r');
            }

            int at = buffer.IndexOfAny((byte)'\r', (byte)'\n');
            if (at < 0)
            {
                target.Write(buffer);
                return;
            }

            target.Write(buffer[..at]);
            if (buffer[at] == '\n')
                target.Write(newLine);
            else
                _held = true;
            buffer = buffer[(at + 1)..];
        }
    }

    public override void Flush()
    {
        if (_held)
            target.WriteByte((byte)'\r');
        _held = false;
    }
}
