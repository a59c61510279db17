namespace Pipe.Store.Tests;

public sealed class MariaDbSenderTests : SenderTests
{
    private protected override StoreUnderTest NewStore() => MariaDbStore.Create();
}
