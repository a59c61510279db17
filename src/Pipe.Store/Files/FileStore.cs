using Pipe.Store.Intake;

namespace Pipe.Store.Files;

/// <summary>Stores files once per content.</summary>
internal sealed class FileStore(IntakeContext context) : IFileStore
{
    private const string DatabaseBackend = "D";

    // Pieces are written in their order. Without transactions, a delivery that died may have left a file without its last ones.
    private const string FindSql = """
        SELECT f.id, f.`key`, f.name FROM $file f WHERE f.signature = @signature AND f.size = @size
           AND (f.bk <> 'D' OR EXISTS (SELECT 1 FROM $file_chunk c WHERE c.file_id = f.id AND c.chunk_id >= @last))
         ORDER BY f.id LIMIT 1
        """;

    private const string InsertSql = """
        INSERT INTO $file (ft, bk, type, size, `key`, signature, name, created)
        VALUES ('T', 'D', @type, @size, @key, @signature, @name, @now)
        """;

    private const string CopySql = """
        INSERT INTO $file (ft, bk, type, size, `key`, signature, name, attrs, created)
        SELECT ft, bk, type, size, @key, signature, name, attrs, @now FROM $file WHERE id = @id
        """;

    private const string CopyChunksSql = """
        INSERT INTO $file_chunk (file_id, chunk_id, filedata) SELECT @copy, chunk_id, filedata FROM $file_chunk WHERE file_id = @id
        """;

    private const string KeySql = "SELECT `key` FROM $file WHERE id = @id";

    private bool _warned;

    public StoredFile Store(InboundAttachment file)
    {
        WarnOfOtherBackend();
        var session = context.Session;
        var fingerprint = FileFingerprint.Of(file, session.CancellationToken);
        if (fingerprint.Size > 0 && Find(session, fingerprint) is { } known)
            return known;

        string key = fingerprint.NewKey();
        long id = session.Insert(
            InsertSql,
            ("type", file.MediaType),
            ("size", fingerprint.Size),
            ("key", key),
            ("signature", fingerprint.Signature),
            ("name", file.Name),
            ("now", context.Clock.Timestamp));
        using var chunks = new ChunkStream(session, id);
        file.CopyTo(chunks, session.CancellationToken);
        chunks.Complete();
        return new StoredFile(id, key, file.Name);
    }

    /// <summary>Gives the content of a stored file a second row, and returns its id.</summary>
    public static long Copy(IntakeContext context, long fileId)
    {
        string key = context.Session.Scalar(KeySql, ("id", fileId)) as string ?? "";
        long copy = context.Session.Insert(
            CopySql, ("key", FileFingerprint.NewKeyOf(key)), ("now", context.Clock.Timestamp), ("id", fileId));
        context.Session.Execute(CopyChunksSql, ("copy", copy), ("id", fileId));
        return copy;
    }

    /// <summary>The first row that holds a content, or <c>null</c>.</summary>
    public static StoredFile? Find(StoreSession session, FileFingerprint fingerprint)
    {
        using var rows = session.Query(
            FindSql, ("signature", fingerprint.Signature), ("size", fingerprint.Size), ("last", (fingerprint.Size - 1) / ChunkStream.ChunkBytes));
        return rows.Read() ? new StoredFile(rows.Long(0), rows.Text(1), rows.Text(2)) : null;
    }

    // osTicket reads each file from the backend that its row names, so the database is right everywhere.
    private void WarnOfOtherBackend()
    {
        if (!_warned && context.Settings.Text("default_storage_bk") is { Length: > 0 } backend && backend != DatabaseBackend)
            context.Trace.Warn($"attachments are kept in the database; the storage plugin \"{backend}\" is not used for mail");
        _warned = true;
    }
}
