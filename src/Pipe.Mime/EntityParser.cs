using System.Runtime.CompilerServices;
using System.Text;
using Pipe.Mime.IO;

namespace Pipe.Mime;

/// <summary>Makes the tree of entities out of the bytes of a message, in one pass.</summary>
internal sealed class EntityParser
{
    private const int MaxBoundaryLine = 2048;

    private readonly ParserOptions _options;
    private readonly ByteWindow _window;
    private readonly BoundaryStack _boundaries = new();
    private readonly HeaderBlockReader _headers;
    private CancellationToken _cancellationToken;
    private int _parts;

    // What the last content ended with: the place of a boundary in the stack, or -1 for the end of the message.
    private int _match = -1;
    private bool _matchIsClosing;

    public EntityParser(ParserOptions options, ByteWindow window)
    {
        _options = options;
        _window = window;
        _headers = new HeaderBlockReader(options, window, _boundaries);
    }

    public bool IsEndOfStream => _window.Position == _window.End && !_window.Fill(_window.Position);

    public long Position => _window.Offset;

    public MimeMessage ReadMessage(CancellationToken cancellationToken)
    {
        Start(cancellationToken);
        var message = ReadMessage(0);
        _headers.Release();
        return message;
    }

    public MimeEntity ReadEntity(CancellationToken cancellationToken)
    {
        Start(cancellationToken);
        var headers = _headers.Read(HeaderSelection.All, out _);
        var entity = ReadEntity(headers, _headers.End, isDigest: false, 0);
        _headers.Release();
        return entity;
    }

    public HeaderList ReadHeaders(CancellationToken cancellationToken)
    {
        Start(cancellationToken);
        return _headers.Read(HeaderSelection.All, out _);
    }

    private void Start(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        cancellationToken.ThrowIfCancellationRequested();
        if (IsEndOfStream)
            throw new FormatException("The stream holds no message.");

        while (_window.End - _window.Position < 3 && _window.Fill(_window.Position))
        {
        }

        // A byte order mark, from an editor
        if (_window.Buffer.AsSpan(_window.Position, _window.End - _window.Position).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            _window.Position += 3;
    }

    private MimeMessage ReadMessage(int depth)
    {
        var headers = _headers.Read(HeaderSelection.Split, out var content);
        return new MimeMessage(headers, ReadEntity(content!, _headers.End, isDigest: false, depth));
    }

    private MimeEntity ReadEntity(HeaderList headers, HeaderBlockEnd end, bool isDigest, int depth)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (++_parts >= ParserOptions.MaxParts)
            _boundaries.Clear();
        bool hasContent = end is HeaderBlockEnd.BlankLine or HeaderBlockEnd.NotAField;
        var parsed = new EntityHeaders(headers, TypeOf(headers, isDigest));
        bool mayNest = depth < _options.MaxMimeDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack();
        var entity = EntityFactory.Create(parsed, mayNest);
        if (!hasContent)
        {
            EndWithHeaders(end);
            return entity;
        }

        switch (entity)
        {
            case Multipart multipart:
                ReadMultipart(multipart, depth);
                break;
            case MessagePart message:
                message.Message = ReadMessage(depth + 1);
                break;
            case MimePart part:
                part.Content = new MimeContent(ReadContent(), part.ContentTransferEncoding);
                break;
        }

        return entity;
    }

    private void EndWithHeaders(HeaderBlockEnd end)
    {
        _match = end == HeaderBlockEnd.Boundary ? _headers.Boundary : -1;
        _matchIsClosing = _headers.IsClosing;
    }

    private ContentType TypeOf(HeaderList headers, bool isDigest)
    {
        int index = headers.Find(HeaderId.ContentType);
        if (index < 0)
            return isDigest ? new ContentType("message", "rfc822") : new ContentType("text", "plain");
        return ContentType.TryParse(_options, headers.RawMemoryAt(index), out var type)
            ? type
            : new ContentType("application", "octet-stream");
    }

    private void ReadMultipart(Multipart multipart, int depth)
    {
        string? boundary = multipart.ContentType.Boundary?.TrimEnd();
        if (string.IsNullOrEmpty(boundary))
        {
            multipart.PreambleSlice = ReadContent();
            return;
        }

        int level = _boundaries.Count;
        _boundaries.Push(Encoding.UTF8.GetBytes(boundary));
        bool isDigest = multipart.ContentType.IsMimeType("multipart", "digest");
        var preamble = ReadContent();
        if (preamble.Length > 0)
            multipart.PreambleSlice = preamble;
        while (_match == level && !_matchIsClosing)
        {
            var headers = _headers.Read(HeaderSelection.All, out _);
            if (headers.Count == 0 && _headers.End == HeaderBlockEnd.Boundary)
            {
                // Two boundaries in a row have nothing between them.
                EndWithHeaders(_headers.End);
                continue;
            }

            multipart.Add(ReadEntity(headers, _headers.End, isDigest, depth + 1));
        }

        bool isClosed = _match == level;
        if (_boundaries.Count > 0)
            _boundaries.Pop();
        if (isClosed)
        {
            var epilogue = ReadContent();
            if (epilogue.Length > 0)
                multipart.EpilogueSlice = epilogue;
        }
    }

    /// <summary>Reads up to the next boundary; the line ending before it is not part of the content (RFC 2046 section 5.1.1).</summary>
    private ByteSlice ReadContent()
    {
        long start = _window.Offset;
        if (_boundaries.Count == 0)
        {
            _window.SkipToEnd();
            _match = -1;
            return _window.Slice(start, _window.Offset);
        }

        while (true)
        {
            // Here the position is at the start of a line.
            long lineStart = _window.Offset;
            int before = LineEndingBefore(start);
            if (IsBoundaryLine())
                return _window.Slice(start, lineStart - before);

            if (!TryGoToHyphens())
            {
                _match = -1;
                return _window.Slice(start, _window.Offset);
            }
        }
    }

    private int LineEndingBefore(long start)
    {
        int at = _window.Position;
        if (_window.Offset == start || at == 0 || _window.Buffer[at - 1] != '\n')
            return 0;
        return _window.Offset - start >= 2 && at >= 2 && _window.Buffer[at - 2] == '\r' ? 2 : 1;
    }

    // The next line that begins with two hyphens
    private bool TryGoToHyphens()
    {
        while (true)
        {
            var rest = _window.Buffer.AsSpan(_window.Position, _window.End - _window.Position);
            int found = rest.IndexOf("\n--"u8);
            if (found >= 0)
            {
                _window.Position += found + 1;
                return true;
            }

            // The end of the buffer may have cut it in two; the byte before tells a CR.
            _window.Position = Math.Max(_window.Position, _window.End - 2);
            if (!_window.Fill(Math.Max(0, _window.Position - 1)))
            {
                _window.Position = _window.End;
                return false;
            }
        }
    }

    private bool IsBoundaryLine()
    {
        int searched = 0;
        while (true)
        {
            int available = Math.Min(MaxBoundaryLine, _window.End - _window.Position);
            var line = _window.Buffer.AsSpan(_window.Position, available);
            if (available >= 2 && !line.StartsWith("--"u8))
                return false;
            int end = line[searched..].IndexOf((byte)'\n');
            if (end >= 0)
                return Matches(line[..(searched + end)], searched + end + 1);
            if (available == MaxBoundaryLine)
                return false;
            searched = available;
            if (!_window.Fill(_window.Position))
                return available >= 2 && Matches(line, available);
        }
    }

    private bool Matches(ReadOnlySpan<byte> line, int length)
    {
        if (line.Length < 2)
            return false;
        int match = _boundaries.Match(line, out bool isClosing);
        if (match < 0)
            return false;
        _match = match;
        _matchIsClosing = isClosing;
        _window.Position += length;
        return true;
    }
}
