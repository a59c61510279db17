using System.Buffers.Text;
using System.Text;

namespace Pipe.Spool.Sources;

/// <summary>Reads an mbox (RFC 4155) from its beginning to its end; one buffer is all that is in memory.</summary>
/// <remarks>
/// A message begins with a line "From " that looks like a separator (a sender, then a date with a time and a year) and stands
/// at the beginning of the file or after an empty line. The line is handed out with the message; the empty line before the
/// next one is not.
/// </remarks>
internal sealed class MboxReader
{
    private const int BufferBytes = 128 * 1024;

    // What may have to be seen of the following lines to decide what a line is.
    private const int LookAheadBytes = 1024;
    private const int MaxHeaderBytes = 64 * 1024;

    private readonly FileStream _file;
    private readonly MboxQuoting _quoting;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private bool _fileEnded;

    private bool _atLineStart;
    private bool _inMessage;
    private bool _unquotes;

    // The bytes of the message that are left, where a length tells; -1 where separators do.
    private long _bytesLeft;

    /// <summary>Begins at the file's position.</summary>
    public MboxReader(FileStream file, MboxQuoting quoting)
    {
        _file = file;
        _quoting = quoting;
    }

    /// <summary>Where in the file the current message begins.</summary>
    public long MessageOffset { get; private set; }

    /// <summary>Whether the current message is none but a mail program's notes on the mbox (UW-IMAP, Pine).</summary>
    public bool IsFolderData { get; private set; }

    /// <summary>How much of the file is behind.</summary>
    public long Offset { get; private set; }

    private ReadOnlySpan<byte> Available => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Goes to the next message, past what was not read of the current one.</summary>
    public bool MoveNext()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (_inMessage)
            _ = Read(rest);

        // What precedes the first separator is no message.
        Ensure(MaxHeaderBytes + LookAheadBytes);
        while (!IsSeparator(Available))
        {
            if (Available.IsEmpty)
                return false;
            SkipLine();
            Ensure(MaxHeaderBytes + LookAheadBytes);
        }

        MessageOffset = Offset;
        IsFolderData = HasFolderData();
        _inMessage = true;
        _atLineStart = false;       // the separator itself is handed out as it is
        SetEnd();
        return true;
    }

    /// <summary>Reads from the current message; 0 at its end.</summary>
    public int Read(Span<byte> destination)
    {
        if (!_inMessage || destination.IsEmpty)
            return 0;
        return _bytesLeft >= 0 && !_unquotes ? ReadCounted(destination) : ReadLines(destination);
    }

    private int ReadCounted(Span<byte> destination)
    {
        Ensure(1);
        int count = (int)Math.Min(Math.Min(destination.Length, Available.Length), _bytesLeft);
        if (count == 0)
        {
            EndMessage();
            return 0;
        }

        Available[..count].CopyTo(destination);
        _bytesLeft -= count;
        Advance(count);
        return count;
    }

    private int ReadLines(Span<byte> destination)
    {
        int written = 0;
        while (written < destination.Length)
        {
            if (_atLineStart)
            {
                Ensure(LookAheadBytes);
                if (IsEndOfMessage())
                {
                    EndMessage();
                    break;
                }

                if (_unquotes && IsQuoted(Available))
                    Skip(1);
                _atLineStart = false;
            }
            else
            {
                Ensure(1);
            }

            if (Available.IsEmpty || _bytesLeft == 0)
            {
                EndMessage();
                break;
            }

            written += CopyLine(destination[written..]);
        }

        return written;
    }

    // Copies up to and including the next line feed, as far as it goes.
    private int CopyLine(Span<byte> destination)
    {
        var line = Available;
        if (line.Length > destination.Length)
            line = line[..destination.Length];
        if (_bytesLeft >= 0 && line.Length > _bytesLeft)
            line = line[..(int)_bytesLeft];
        int lineFeed = line.IndexOf((byte)'\n');
        if (lineFeed >= 0)
        {
            line = line[..(lineFeed + 1)];
            _atLineStart = true;
        }

        line.CopyTo(destination);
        Skip(line.Length);
        return line.Length;
    }

    private void Skip(int count)
    {
        if (_bytesLeft >= 0)
            _bytesLeft -= count;
        Advance(count);
    }

    // The empty line before a separator, or before the end of the file, belongs to the mbox and not to the message.
    private bool IsEndOfMessage()
    {
        if (_bytesLeft >= 0)
            return _bytesLeft == 0;
        if (Available.IsEmpty)
            return true;
        int blank = BlankLineLength(Available);
        return blank > 0 && (Available.Length == blank || IsSeparator(Available[blank..]));
    }

    private void EndMessage()
    {
        _inMessage = false;
        _atLineStart = true;
        Ensure(LookAheadBytes);
        int blank = BlankLineLength(Available);
        if (blank > 0)
            Advance(blank);
    }

    private void SetEnd()
    {
        _bytesLeft = -1;
        _unquotes = _quoting is not (MboxQuoting.None or MboxQuoting.Mboxcl2);
        if (_quoting is MboxQuoting.None or MboxQuoting.Mboxo or MboxQuoting.Mboxrd)
            return;

        long length = CountedLength();
        if (length < 0)
            return;

        // Who counts need not quote, so in doubt nothing is taken away.
        _bytesLeft = length;
        _unquotes = _quoting == MboxQuoting.Mboxcl;
    }

    // The bytes from the separator to the end of the body, where Content-Length says so and is right.
    private long CountedLength()
    {
        var message = Available;
        int header = HeaderLength(message);
        if (header < 0 || ContentLength(message[..header]) is not (>= 0 and var body))
            return -1;

        long end = Offset + header + body;
        Span<byte> after = stackalloc byte[LookAheadBytes];
        int count = RandomAccess.Read(_file.SafeFileHandle, after, end);
        ReadOnlySpan<byte> rest = after[..count];
        rest = rest[BlankLineLength(rest)..];
        bool isRight = rest.IsEmpty ? end <= RandomAccess.GetLength(_file.SafeFileHandle) : IsSeparator(rest);
        return isRight ? header + body : -1;
    }

    private static int HeaderLength(ReadOnlySpan<byte> message)
    {
        for (int at = 0; message[at..].IndexOf((byte)'\n') is var lineFeed and >= 0;)
        {
            at += lineFeed + 1;
            int blank = BlankLineLength(message[at..]);
            if (blank > 0)
                return at + blank;
        }

        return -1;
    }

    private static long ContentLength(ReadOnlySpan<byte> header)
    {
        var name = "Content-Length:"u8;
        while (header.IndexOf((byte)'\n') is var lineFeed and >= 0)
        {
            var line = header[..lineFeed];
            if (line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                var value = line[name.Length..].Trim(" \t\r"u8);
                return Utf8Parser.TryParse(value, out long length, out int used) && used == value.Length ? length : -1;
            }

            header = header[(lineFeed + 1)..];
        }

        return -1;
    }

    private bool HasFolderData()
    {
        int header = HeaderLength(Available);
        return header > 0 && Available[..header].IndexOf("FOLDER INTERNAL DATA"u8) >= 0
            && (Available[..header].IndexOf("\nX-IMAP"u8) >= 0 || Available[..header].IndexOf("\nX-IMAPBase"u8) >= 0);
    }

    private bool IsQuoted(ReadOnlySpan<byte> line)
    {
        int marks = line.IndexOfAnyExcept((byte)'>');
        return marks > 0 && line[marks..].StartsWith("From "u8) && (marks == 1 || _quoting is MboxQuoting.Mboxrd or MboxQuoting.Auto);
    }

    private static int BlankLineLength(ReadOnlySpan<byte> line) =>
        line.StartsWith("\n"u8) ? 1 : line.StartsWith("\r\n"u8) ? 2 : 0;

    // "From sender Sat Jan  3 01:05:34 1996", with or without a zone. A sentence that begins with "From " has no such date.
    private static bool IsSeparator(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("From "u8))
            return false;

        int lineFeed = text.IndexOf((byte)'\n');
        if (lineFeed < 0 || lineFeed > LookAheadBytes)
            return false;

        var line = text[..lineFeed].TrimEnd(" \t\r"u8);
        int colon = line.LastIndexOf((byte)':');
        return colon > 2 && IsTime(line, colon) && HasYear(line) && HasDayAndMonth(line[..colon]);
    }

    private static bool IsTime(ReadOnlySpan<byte> line, int colon) =>
        colon + 2 < line.Length && IsDigit(line[colon - 1]) && IsDigit(line[colon + 1]) && IsDigit(line[colon + 2]);

    private static bool HasYear(ReadOnlySpan<byte> line)
    {
        for (int i = 5; i + 4 <= line.Length; i++)
        {
            bool startsNumber = line[i - 1] == ' ';
            bool endsNumber = i + 4 == line.Length || line[i + 4] == ' ';
            if (startsNumber && endsNumber && line[i] is (byte)'1' or (byte)'2' && IsDigit(line[i + 1]) && IsDigit(line[i + 2]) && IsDigit(line[i + 3]))
                return true;
        }

        return false;
    }

    // asctime's names are English everywhere: " Sat Jan ".
    private static bool HasDayAndMonth(ReadOnlySpan<byte> line)
    {
        for (int i = 0; i + 9 <= line.Length; i++)
        {
            if (line[i] == ' ' && line[i + 4] == ' ' && line[i + 8] == ' '
                && "SunMonTueWedThuFriSat"u8.IndexOf(line.Slice(i + 1, 3)) % 3 == 0
                && "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(line.Slice(i + 5, 3)) % 3 == 0)
                return true;
        }

        return false;
    }

    private static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';

    private void SkipLine()
    {
        do
        {
            Ensure(1);
            int lineFeed = Available.IndexOf((byte)'\n');
            Advance(lineFeed < 0 ? Available.Length : lineFeed + 1);
            if (lineFeed >= 0)
                return;
        }
        while (!_fileEnded);
    }

    private void Advance(int count)
    {
        _start += count;
        Offset += count;
    }

    // Has at least this many bytes in the buffer, or all that are left of the file.
    private void Ensure(int count)
    {
        if (_end - _start >= count || _fileEnded)
            return;

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        while (_end < _buffer.Length && !_fileEnded)
        {
            int read = _file.Read(_buffer, _end, _buffer.Length - _end);
            _fileEnded = read == 0;
            _end += read;
        }
    }
}
