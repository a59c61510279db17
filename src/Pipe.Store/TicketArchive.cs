using System.Data.Common;
using Pipe.Tickets.Entries;

namespace Pipe.Store;

/// <summary>Reads what a ticket store holds.</summary>
public sealed class TicketArchive
{
    private const string ListSql = """
        SELECT t.ticket_id, t.number, c.subject, a.address, u.name, s.name, d.name, p.priority_desc, CAST(t.created AS CHAR),
               CAST(t.lastupdate AS CHAR), CAST(COALESCE(t.duedate, t.est_duedate) AS CHAR),
               (SELECT COUNT(*) FROM $thread th JOIN $thread_entry e ON e.thread_id = th.id
                 WHERE th.object_id = t.ticket_id AND th.object_type = 'T'),
               (SELECT COUNT(*) FROM $thread th JOIN $thread_entry e ON e.thread_id = th.id
                  JOIN $attachment f ON f.object_id = e.id AND f.type = 'H'
                 WHERE th.object_id = t.ticket_id AND th.object_type = 'T')
          FROM $ticket t JOIN $ticket_status s ON s.id = t.status_id
          LEFT JOIN $department d ON d.id = t.dept_id
          LEFT JOIN $ticket__cdata c ON c.ticket_id = t.ticket_id
          LEFT JOIN $ticket_priority p ON CAST(p.priority_id AS CHAR) = c.priority
          LEFT JOIN $user u ON u.id = t.user_id
          LEFT JOIN $user_email a ON a.id = u.default_email_id
        """;

    private const string NewestFirstSql = " ORDER BY t.ticket_id DESC LIMIT @limit";

    private const string ByNumberSql = " WHERE t.number = @number ORDER BY t.ticket_id LIMIT 1";

    private const string EntriesSql = """
        SELECT e.id, e.type, e.poster, e.title, e.format, e.body, CAST(e.created AS CHAR), m.mid
          FROM $thread th JOIN $thread_entry e ON e.thread_id = th.id
          LEFT JOIN $thread_entry_email m ON m.thread_entry_id = e.id
         WHERE th.object_id = @ticket AND th.object_type = 'T' ORDER BY e.created, e.id
        """;

    private const string AttachmentsSql = """
        SELECT e.id, f.id, COALESCE(a.name, f.name), f.type, f.size, a.inline
          FROM $thread th JOIN $thread_entry e ON e.thread_id = th.id
          JOIN $attachment a ON a.object_id = e.id AND a.type = 'H' JOIN $file f ON f.id = a.file_id
         WHERE th.object_id = @ticket AND th.object_type = 'T' ORDER BY a.id
        """;

    private const string CollaboratorsSql = """
        SELECT a.address, u.name
          FROM $thread th JOIN $thread_collaborator c ON c.thread_id = th.id JOIN $user u ON u.id = c.user_id
          LEFT JOIN $user_email a ON a.id = u.default_email_id
         WHERE th.object_id = @ticket AND th.object_type = 'T' ORDER BY c.id
        """;

    private const string ChunkIdsSql = "SELECT chunk_id FROM $file_chunk WHERE file_id = @file ORDER BY chunk_id";

    private const string ChunkSql = "SELECT filedata FROM $file_chunk WHERE file_id = @file AND chunk_id = @chunk";

    private readonly Func<DbConnection> _connect;
    private readonly StoreDialect _dialect;
    private readonly StoreOptions _options;

    /// <summary>Reads a database that exists.</summary>
    /// <param name="connect">Makes one connection per call, open or not; it is disposed after use.</param>
    /// <param name="dialect">The kind of database that <paramref name="connect"/> leads to.</param>
    /// <param name="options">Table prefix, limits.</param>
    public TicketArchive(Func<DbConnection> connect, StoreDialect dialect, StoreOptions options)
    {
        _connect = connect;
        _dialect = dialect;
        _options = options with { CreateIfMissing = false };
    }

    /// <summary>Reads an SQLite file; it is not created.</summary>
    public static TicketArchive OpenSqlite(string path, StoreOptions options) =>
        new(SqliteStoreFile.Connector(path, options with { CreateIfMissing = false }), StoreDialect.Sqlite, options);

    /// <summary>The newest tickets, newest first.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public IReadOnlyList<TicketSummary> List(int limit) => Read(session =>
    {
        var tickets = new List<TicketSummary>();
        using var rows = session.Query(ListSql + NewestFirstSql, ("limit", limit));
        while (rows.Read())
            tickets.Add(Summary(rows));
        return tickets;
    });

    /// <summary>One ticket by its number, or <c>null</c>.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public ArchivedTicket? Find(string number) => Read(session =>
    {
        TicketSummary summary;
        long ticketId;
        DateTime? due;
        using (var rows = session.Query(ListSql + ByNumberSql, ("number", number)))
        {
            if (!rows.Read())
                return null;
            summary = Summary(rows);
            ticketId = rows.Long(0);
            due = DatabaseClock.FromColumn(rows.TextOrNull(10));
        }

        return new ArchivedTicket(summary, due, Collaborators(session, ticketId), Entries(session, ticketId));
    });

    /// <summary>Writes the content of a stored file; never more than one piece of it is in memory.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public void CopyFile(long fileId, Stream destination, CancellationToken cancellationToken = default) => Read(
        session =>
        {
            var chunks = new List<int>();
            using (var rows = session.Query(ChunkIdsSql, ("file", fileId)))
            {
                while (rows.Read())
                    chunks.Add(rows.Int(0));
            }

            foreach (int chunk in chunks)
            {
                if (session.Scalar(ChunkSql, ("file", fileId), ("chunk", chunk)) is byte[] data)
                    destination.Write(data);
            }

            return chunks.Count;
        },
        cancellationToken);

    private T Read<T>(Func<StoreSession, T> read, CancellationToken cancellationToken = default)
    {
        try
        {
            using var session = StoreSession.Open(_connect, _dialect, _options, cancellationToken);
            return read(session);
        }
        catch (DbException e)
        {
            throw new StoreException("the ticket store cannot be read: " + e.Message, e) { Cause = _dialect.CauseOf(e) };
        }
    }

    private static TicketSummary Summary(SqlRows rows) => new(
        Number: rows.Text(1),
        Subject: SubjectField.ToText(rows.Text(2)),
        Owner: new Correspondent(rows.Text(3), rows.Text(4)),
        Status: rows.Text(5),
        Department: rows.Text(6),
        Priority: rows.Text(7),
        Created: DatabaseClock.FromColumn(rows.TextOrNull(8)) ?? DateTime.MinValue,
        LastUpdate: DatabaseClock.FromColumn(rows.TextOrNull(9)),
        Entries: rows.Int(11),
        Attachments: rows.Int(12));

    private static List<Correspondent> Collaborators(StoreSession session, long ticketId)
    {
        var collaborators = new List<Correspondent>();
        using var rows = session.Query(CollaboratorsSql, ("ticket", ticketId));
        while (rows.Read())
            collaborators.Add(new Correspondent(rows.Text(0), rows.Text(1)));
        return collaborators;
    }

    private static List<ArchivedEntry> Entries(StoreSession session, long ticketId)
    {
        var attachments = Attachments(session, ticketId);
        var entries = new List<ArchivedEntry>();
        using var rows = session.Query(EntriesSql, ("ticket", ticketId));
        while (rows.Read())
        {
            entries.Add(new ArchivedEntry(
                Id: rows.Long(0),
                Type: rows.Text(1) is [var type, ..] ? type : 'M',
                Poster: rows.Text(2),
                Title: rows.Text(3),
                Format: rows.Text(4) == "html" ? BodyFormat.Html : BodyFormat.Text,
                Body: rows.Text(5),
                Created: DatabaseClock.FromColumn(rows.TextOrNull(6)) ?? DateTime.MinValue,
                MessageId: rows.TextOrNull(7),
                Attachments: attachments.GetValueOrDefault(rows.Long(0), [])));
        }

        return entries;
    }

    private static Dictionary<long, List<ArchivedAttachment>> Attachments(StoreSession session, long ticketId)
    {
        var attachments = new Dictionary<long, List<ArchivedAttachment>>();
        using var rows = session.Query(AttachmentsSql, ("ticket", ticketId));
        while (rows.Read())
        {
            if (!attachments.TryGetValue(rows.Long(0), out var ofEntry))
                attachments[rows.Long(0)] = ofEntry = [];
            ofEntry.Add(new ArchivedAttachment(rows.Long(1), rows.Text(2), rows.Text(3), rows.Long(4), rows.IsOn(5)));
        }

        return attachments;
    }
}
