using System.Globalization;
using System.Security.Cryptography;

namespace Pipe.Faults.Desks;

/// <summary>A help desk in a database with osTicket's tables.</summary>
internal abstract class SqlDesk : Desk
{
    // Each finds rows that lead nowhere; none may.
    private static readonly string[] Orphans =
    [
        "SELECT ticket_id FROM ost_ticket t WHERE NOT EXISTS (SELECT 1 FROM ost_thread h WHERE h.object_type = 'T' AND h.object_id = t.ticket_id)",
        "SELECT ticket_id FROM ost_ticket t WHERE NOT EXISTS (SELECT 1 FROM ost_user u WHERE u.id = t.user_id)",
        "SELECT ticket_id FROM ost_ticket t WHERE NOT EXISTS (SELECT 1 FROM ost_ticket__cdata c WHERE c.ticket_id = t.ticket_id)",
        "SELECT ticket_id FROM ost_ticket t WHERE status_id = 0",
        "SELECT ticket_id FROM ost_ticket t WHERE NOT EXISTS (SELECT 1 FROM ost_form_entry f WHERE f.object_type = 'T' AND f.object_id = t.ticket_id)",
        "SELECT id FROM ost_thread h WHERE NOT EXISTS (SELECT 1 FROM ost_ticket t WHERE t.ticket_id = h.object_id)",
        "SELECT id FROM ost_thread h WHERE NOT EXISTS (SELECT 1 FROM ost_thread_entry e WHERE e.thread_id = h.id)",
        "SELECT id FROM ost_thread_entry e WHERE NOT EXISTS (SELECT 1 FROM ost_thread h WHERE h.id = e.thread_id)",
        "SELECT id FROM ost_thread_entry e WHERE NOT EXISTS (SELECT 1 FROM ost_thread_entry_email m WHERE m.thread_entry_id = e.id)",
        "SELECT id FROM ost_thread_entry_email m WHERE NOT EXISTS (SELECT 1 FROM ost_thread_entry e WHERE e.id = m.thread_entry_id)",
        "SELECT id FROM ost_thread_event v WHERE NOT EXISTS (SELECT 1 FROM ost_thread h WHERE h.id = v.thread_id)",
        "SELECT id FROM ost_attachment a WHERE a.type = 'H' AND NOT EXISTS (SELECT 1 FROM ost_thread_entry e WHERE e.id = a.object_id)",
        "SELECT id FROM ost_attachment a WHERE NOT EXISTS (SELECT 1 FROM ost_file f WHERE f.id = a.file_id)",
        "SELECT id FROM ost_file f WHERE NOT EXISTS (SELECT 1 FROM ost_attachment a WHERE a.file_id = f.id)",
        "SELECT id FROM ost_file f WHERE bk <> 'D'",
        "SELECT file_id FROM ost_file_chunk c WHERE NOT EXISTS (SELECT 1 FROM ost_file f WHERE f.id = c.file_id)",
        "SELECT id FROM ost_file f WHERE size <> (SELECT COALESCE(SUM(LENGTH(filedata)), 0) FROM ost_file_chunk c WHERE c.file_id = f.id)",
        "SELECT id FROM ost_user u WHERE NOT EXISTS (SELECT 1 FROM ost_user_email e WHERE e.user_id = u.id)",
        "SELECT id FROM ost_user_email e WHERE NOT EXISTS (SELECT 1 FROM ost_user u WHERE u.id = e.user_id)",
        "SELECT entry_id FROM ost_form_entry_values v WHERE NOT EXISTS (SELECT 1 FROM ost_form_entry f WHERE f.id = v.entry_id)",
        "SELECT object_id FROM ost__search s WHERE object_type = 'H' AND NOT EXISTS (SELECT 1 FROM ost_thread_entry e WHERE e.id = s.object_id)",
        "SELECT object_id FROM ost__search s WHERE object_type = 'T' AND NOT EXISTS (SELECT 1 FROM ost_ticket t WHERE t.ticket_id = s.object_id)",
    ];

    /// <summary>The rows of a query; NULL is "NULL". The function <c>md5</c> is there.</summary>
    public abstract IReadOnlyList<string[]> Rows(string sql);

    /// <summary>The one number that a query gives.</summary>
    public long Number(string sql) => long.Parse(Assert.Single(Rows(sql))[0], CultureInfo.InvariantCulture);

    public override void AssertHolds(IReadOnlyCollection<TestMail> mails, int tickets)
    {
        AssertIntact();
        foreach (string query in Orphans)
            Assert.True(Rows(query).Count == 0, $"{Rows(query).Count} rows lead nowhere: {query}");

        Assert.Equal(tickets, Number("SELECT COUNT(*) FROM ost_ticket"));
        Assert.Equal(tickets, Number("SELECT COUNT(DISTINCT number) FROM ost_ticket"));
        Assert.Equal(mails.Count, Number("SELECT COUNT(*) FROM ost_thread_entry"));
        Assert.Equal(
            mails.Select(mail => mail.MessageId).Order(StringComparer.Ordinal),
            Rows("SELECT mid FROM ost_thread_entry_email").Select(row => row[0]).Order(StringComparer.Ordinal));
        AssertFiles(mails);
    }

    /// <summary>Lets the database look for damage in itself.</summary>
    protected abstract void AssertIntact();

    private void AssertFiles(IReadOnlyCollection<TestMail> mails)
    {
        var stored = Rows(
            """
            SELECT m.mid, COALESCE(a.name, f.name), c.chunk_id, LENGTH(c.filedata), md5(c.filedata)
            FROM ost_thread_entry_email m
            JOIN ost_attachment a ON a.type = 'H' AND a.object_id = m.thread_entry_id
            JOIN ost_file f ON f.id = a.file_id
            JOIN ost_file_chunk c ON c.file_id = f.id
            """).ToLookup(row => (row[0], row[1]));
        int chunks = 0;
        foreach (var mail in mails)
        {
            for (int i = 0; i < mail.Files.Count; i++)
            {
                int at = 0;
                foreach (string[] chunk in stored[(mail.MessageId, $"file{i}.bin")].OrderBy(row => int.Parse(row[2], CultureInfo.InvariantCulture)))
                {
                    int length = int.Parse(chunk[3], CultureInfo.InvariantCulture);
                    Assert.Equal(Md5(mail.Files[i].AsSpan(at, length)), chunk[4]);
                    at += length;
                    chunks++;
                }

                Assert.Equal(mail.Files[i].Length, at);
            }
        }

        Assert.Equal(stored.Sum(file => file.Count()), chunks);
    }

    /// <summary>The hash that the databases compute of a piece of a file.</summary>
    protected static string Md5(ReadOnlySpan<byte> bytes) =>
#pragma warning disable CA5351 // A fingerprint that MariaDB has too; nothing is to be kept secret by it.
        Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
