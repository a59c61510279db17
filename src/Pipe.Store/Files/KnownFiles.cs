using Pipe.Store.Intake;
using Pipe.Tickets.Identity;

namespace Pipe.Store.Files;

/// <summary>Finds the files of a message among those that an entry has, and writes nothing.</summary>
internal sealed class KnownFiles : IFileStore
{
    private const string FindSql = """
        SELECT f.id, f.`key`, f.name, f.size, f.signature
          FROM $attachment a JOIN $file f ON f.id = a.file_id WHERE a.object_id = @entry AND a.type = 'H' ORDER BY a.id
        """;

    private const string ChunksSql = "SELECT filedata FROM $file_chunk WHERE file_id = @file ORDER BY chunk_id";

    private const int MaxTraceBytes = 4096;

    private readonly IntakeContext _context;
    private readonly List<(StoredFile File, long Size, string Signature)> _files = [];
    private int _emptyFilesSeen;

    public KnownFiles(IntakeContext context, long entryId)
    {
        _context = context;
        using var rows = context.Session.Query(FindSql, ("entry", entryId));
        while (rows.Read())
            _files.Add((new StoredFile(rows.Long(0), rows.Text(1), rows.Text(2)), rows.Long(3), rows.Text(4)));
    }

    /// <summary>How many files the entry has.</summary>
    public int Count => _files.Count;

    /// <summary>Whether a file was asked for that the entry does not have.</summary>
    public bool HasMissed { get; private set; }

    public StoredFile Store(InboundAttachment file)
    {
        if ((file.IsWholeMessage ? FindMessage() : Find(file)) is { } known)
            return known;
        HasMissed = true;
        return new StoredFile(0, "", file.Name);
    }

    private StoredFile? Find(InboundAttachment file)
    {
        var fingerprint = FileFingerprint.Of(file, _context.Session.CancellationToken);
        // Empty files are the only ones that are stored anew each time.
        int pass = fingerprint.Size == 0 ? _emptyFilesSeen++ : 0;
        foreach (var (known, size, signature) in _files)
        {
            if (size != fingerprint.Size || signature != fingerprint.Signature || pass-- > 0)
                continue;
            // The entry may have a copy of the row that its body refers to.
            return size == 0 ? known : FileStore.Find(_context.Session, fingerprint) ?? known;
        }

        return null;
    }

    // Some mail systems put another line before the message each time they hand it over.
    private StoredFile? FindMessage()
    {
        string? hash = null;
        foreach (var (known, size, _) in _files)
        {
            if (Math.Abs(size - _context.Message.Length) <= MaxTraceBytes
                && HashOf(known.Id) == (hash ??= ContentHash.Compute(_context.Message)))
                return known;
        }

        return null;
    }

    private string HashOf(long fileId)
    {
        using var content = new MemoryStream();
        using (var rows = _context.Session.Query(ChunksSql, ("file", fileId)))
        {
            while (rows.Read())
            {
                using var chunk = rows.Stream(0);
                chunk.CopyTo(content);
            }
        }

        content.Position = 0;
        using var message = RawMessage.ReadAsync(content, new RawMessageOptions()).GetAwaiter().GetResult();
        return ContentHash.Compute(message);
    }
}
