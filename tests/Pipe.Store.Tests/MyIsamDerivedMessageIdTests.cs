namespace Pipe.Store.Tests;

/// <summary>The same in tables without transactions.</summary>
public sealed class MyIsamDerivedMessageIdTests : DerivedMessageIdTests
{
    private protected override StoreUnderTest NewStore() => MariaDbStore.Create("MyISAM");
}
