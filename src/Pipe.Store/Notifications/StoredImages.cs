namespace Pipe.Store.Notifications;

/// <summary>Reads the stored files that mails carry: images that the text shows, and attachments.</summary>
internal sealed class StoredImages(StoreSession session, long entryId, long maxBytes)
{
    private const int KeyLength = 32;
    private const int MaxFiles = 50;
    private const string Reference = "cid:";

    // By its key anybody who knows it could ask for a file; templates, canned responses and the entry itself show only their own.
    private const string ImagesSql = """
        SELECT f.id, f.`key`, f.type, f.name, c.filedata FROM $file f JOIN $file_chunk c ON c.file_id = f.id
         WHERE f.bk = 'D' AND f.size <= @max AND EXISTS (SELECT 1 FROM $attachment a WHERE a.file_id = f.id
               AND (a.type IN ('T', 'C') OR (a.type = 'H' AND a.object_id = @entry))) AND f.`key` IN (
        """;

    private const string AttachedSql = """
        SELECT f.id, f.`key`, f.type, COALESCE(a.name, f.name), c.filedata FROM $attachment a JOIN $file f ON f.id = a.file_id
          JOIN $file_chunk c ON c.file_id = f.id
         WHERE a.type = 'H' AND a.object_id = @entry AND a.inline = 0 AND f.bk = 'D' AND f.size <= @max ORDER BY a.id, c.chunk_id
        """;

    private const string LeftOutSql = """
        SELECT COALESCE(a.name, f.name) FROM $attachment a JOIN $file f ON f.id = a.file_id
         WHERE a.type = 'H' AND a.object_id = @entry AND a.inline = 0 AND (f.bk <> 'D' OR f.size > @max) ORDER BY a.id
        """;

    /// <summary>The mails with the images that their HTML refers to.</summary>
    /// <param name="mails">The mails without images.</param>
    /// <param name="known">Images that are read already.</param>
    public IReadOnlyList<OutgoingMail> AddTo(IReadOnlyList<OutgoingMail> mails, IReadOnlyList<OutgoingFile> known)
    {
        var keys = new List<string>();
        foreach (var mail in mails)
            AddKeys(keys, mail);
        if (keys.Count == 0)
            return mails;

        var images = new List<OutgoingFile>(known);
        keys.RemoveAll(key => images.Exists(image => string.Equals(image.Key, key, StringComparison.Ordinal)));
        if (keys.Count > 0)
        {
            long left = maxBytes - known.Sum(static image => image.Content.Length);
            images.AddRange(Read(
                ImagesSql + SqlList.Names("k", keys.Count) + ") ORDER BY f.id, c.chunk_id",
                [("entry", entryId), ("max", left), .. SqlList.Arguments("k", keys)], left));
        }

        var complete = new List<OutgoingMail>(mails.Count);
        foreach (var mail in mails)
            complete.Add(mail with { Images = InOrder(mail, images) });
        return complete;
    }

    /// <summary>The files attached to an entry that its text does not show.</summary>
    public IReadOnlyList<OutgoingFile> AttachedTo(long entry) => Read(AttachedSql, [("entry", entry), ("max", maxBytes)], maxBytes);

    /// <summary>The names of those that are not in <see cref="AttachedTo"/>, for their size or for where they are stored.</summary>
    public IReadOnlyList<string> LeftOut(long entry)
    {
        var names = new List<string>();
        using var rows = session.Query(LeftOutSql, ("entry", entry), ("max", maxBytes));
        while (rows.Read())
            names.Add(rows.Text(0));
        return names;
    }

    private List<OutgoingFile> Read(string sql, SqlArgument[] arguments, long limit)
    {
        using var rows = session.Query(sql, arguments);
        return Read(rows, limit);
    }

    private static void AddKeys(List<string> keys, OutgoingMail mail)
    {
        if (mail.TextOnly || mail.Html is not { } html)
            return;
        for (int at = Next(html, 0); at >= 0 && keys.Count < MaxFiles; at = Next(html, at))
        {
            if (KeyAt(html, at) is { } key && !keys.Contains(key))
                keys.Add(key);
        }
    }

    private static List<OutgoingFile> InOrder(OutgoingMail mail, List<OutgoingFile> images)
    {
        var own = new List<string>();
        AddKeys(own, mail);
        var ordered = new List<OutgoingFile>();
        foreach (string key in own)
        {
            if (images.Find(image => string.Equals(image.Key, key, StringComparison.Ordinal)) is { } image)
                ordered.Add(image);
        }

        return ordered;
    }

    /// <summary>Reads files from rows of id, key, media type, name and a piece of the content.</summary>
    public static List<OutgoingFile> Read(SqlRows rows, long maxBytes)
    {
        var files = new List<OutgoingFile>();
        long left = maxBytes;
        long currentId = 0;
        bool isCut = false;
        MemoryStream? content = null;
        while (rows.Read())
        {
            if (rows.Long(0) != currentId)
            {
                Complete(files, content, isCut);
                isCut = false;
                currentId = rows.Long(0);
                content = new MemoryStream();
                files.Add(new OutgoingFile(rows.Text(1), rows.Text(3), rows.Text(2), []));
            }

            using var chunk = rows.Stream(4);
            isCut |= left <= 0;
            if (isCut)
                continue;
            long before = content!.Length;
            chunk.CopyTo(content);
            left -= content.Length - before;
        }

        Complete(files, content, isCut);
        return files;
    }

    // Half a file is worse than none.
    private static void Complete(List<OutgoingFile> files, MemoryStream? content, bool isCut)
    {
        if (isCut)
            files.RemoveAt(files.Count - 1);
        else if (content is not null)
            files[^1] = files[^1] with { Content = content.ToArray() };
    }

    // The position behind the next "cid:".
    private static int Next(string html, int from)
    {
        int at = html.IndexOf(Reference, from, StringComparison.Ordinal);
        return at < 0 ? -1 : at + Reference.Length;
    }

    private static string? KeyAt(string html, int at)
    {
        int end = at;
        while (end < html.Length && (char.IsAsciiLetterOrDigit(html[end]) || html[end] is '_' or '-' or '.'))
            end++;
        return end - at == KeyLength ? html[at..end] : null;
    }
}
