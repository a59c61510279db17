namespace Pipe.Store.Tests;

public sealed class MariaDbConcurrencyTests : ConcurrencyTests
{
    protected override StoreUnderTest NewStore() => MariaDbStore.Create();
}
