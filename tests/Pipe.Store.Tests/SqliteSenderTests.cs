namespace Pipe.Store.Tests;

public sealed class SqliteSenderTests : SenderTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pipe-store-");

    public void Dispose() => _folder.Delete(recursive: true);

    private protected override StoreUnderTest NewStore() => SqliteStores.Create(_folder);
}
