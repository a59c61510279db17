using Pipe.Store.Sql;

namespace Pipe.Store.Tests;

public sealed class SqliteTicketStoreTests : TicketStoreTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pipe-store-");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override StoreUnderTest NewStore()
    {
        var connect = SqliteStoreFile.Connector(Path.Combine(_folder.FullName, "tickets.db"), StoreUnderTest.Options);
        StoreSession.Open(connect, StoreDialect.Sqlite, StoreUnderTest.Options, CancellationToken.None).Dispose();
        return new StoreUnderTest(connect, StoreDialect.Sqlite, StoreUnderTest.Options);
    }
}
