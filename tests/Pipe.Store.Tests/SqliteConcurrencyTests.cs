using Pipe.Store.Sql;

namespace Pipe.Store.Tests;

public sealed class SqliteConcurrencyTests : ConcurrencyTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pipe-store-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Sixteen_first_mails_at_once_create_one_store()
    {
        string path = Path.Combine(_folder.FullName, "new.db");
        var options = StoreUnderTest.Options;
        var threads = Enumerable.Range(0, 16).Select(i => new Thread(() =>
            StoreSession.Open(SqliteStoreFile.Connector(path, options), StoreDialect.Sqlite, options, CancellationToken.None).Dispose())).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        var desk = new StoreUnderTest(SqliteStoreFile.Connector(path, options), StoreDialect.Sqlite, options);
        Assert.Equal("support@acme.test", desk.Row("SELECT email FROM ost_email WHERE email_id = 1"));
        Assert.Equal("1|wal", desk.Row("PRAGMA user_version") + "|" + desk.Row("PRAGMA journal_mode"));
    }

    protected override StoreUnderTest NewStore()
    {
        var connect = SqliteStoreFile.Connector(Path.Combine(_folder.FullName, "tickets.db"), StoreUnderTest.Options);
        StoreSession.Open(connect, StoreDialect.Sqlite, StoreUnderTest.Options, CancellationToken.None).Dispose();
        return new StoreUnderTest(connect, StoreDialect.Sqlite, StoreUnderTest.Options);
    }
}
