namespace Pipe.Store.Tests;

public sealed class MariaDbTicketStoreTests : TicketStoreTests
{
    protected override StoreUnderTest NewStore() => MariaDbStore.Create();
}
