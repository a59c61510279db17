using Pipe.Store.Explanation;
using Pipe.Store.Notifications;
using Pipe.Store.Sql;

namespace Pipe.Store.Tests;

public sealed class SqliteNotificationTests : NotificationTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pipe-store-");

    private string StorePath => Path.Combine(_folder.FullName, "tickets.db");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override StoreUnderTest NewStore()
    {
        var connect = SqliteStoreFile.Connector(StorePath, Options);
        StoreSession.Open(connect, StoreDialect.Sqlite, Options, CancellationToken.None).Dispose();
        return new StoreUnderTest(connect, StoreDialect.Sqlite, Options);
    }

    private protected override IntakeExplainer Explainer(StoreUnderTest desk) => IntakeExplainer.OpenSqlite(StorePath, Options);

    private protected override EntryLookup Lookup(StoreUnderTest desk) => EntryLookup.OpenSqlite(StorePath, Options);

    private protected override string CountTicketsElsewhere(StoreUnderTest desk) => desk.Row("SELECT COUNT(*) FROM ost_ticket");
}
