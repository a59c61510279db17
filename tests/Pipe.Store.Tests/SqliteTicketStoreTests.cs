namespace Pipe.Store.Tests;

public sealed class SqliteTicketStoreTests : TicketStoreTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pipe-store-");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override StoreUnderTest NewStore() => SqliteStores.Create(_folder);
}
