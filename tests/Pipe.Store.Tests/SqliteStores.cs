using Pipe.Store.Sql;

namespace Pipe.Store.Tests;

/// <summary>Embedded stores with osTicket's defaults.</summary>
internal static class SqliteStores
{
    public static StoreUnderTest Create(DirectoryInfo folder)
    {
        var connect = SqliteStoreFile.Connector(Path.Combine(folder.FullName, "tickets.db"), StoreUnderTest.Options);
        StoreSession.Open(connect, StoreDialect.Sqlite, StoreUnderTest.Options, CancellationToken.None).Dispose();
        return new StoreUnderTest(connect, StoreDialect.Sqlite, StoreUnderTest.Options);
    }
}
