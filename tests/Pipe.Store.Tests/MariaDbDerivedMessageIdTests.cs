namespace Pipe.Store.Tests;

public sealed class MariaDbDerivedMessageIdTests : DerivedMessageIdTests
{
    private protected override StoreUnderTest NewStore() => MariaDbStore.Create();
}
