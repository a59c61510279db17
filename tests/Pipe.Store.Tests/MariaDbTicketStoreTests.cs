using MySqlConnector;
namespace Pipe.Store.Tests;

public sealed class MariaDbTicketStoreTests : TicketStoreTests
{
    [Fact]
    public void Tables_without_transactions_show_nothing_of_a_delivery_that_died_and_take_the_next()
    {
        var desk = MariaDbStore.Create("MyISAM");
        var mail = Mails.From("joe@example.net");
        desk.Execute("RENAME TABLE ost_thread_event TO away");
        Assert.IsType<DeliveryResult.Deferred>(desk.Deliver(mail));
        Assert.Equal("0", desk.Row("SELECT COUNT(*) FROM ost_ticket WHERE status_id > 0"));
        desk.Execute("RENAME TABLE away TO ost_thread_event");

        Assert.Equal(StoredAs.NewTicket, desk.Stored(mail).As);
        Assert.Equal(StoredAs.Duplicate, desk.Stored(mail).As);
        Assert.Equal("1", desk.Row("SELECT COUNT(*) FROM ost_ticket WHERE status_id > 0"));
    }

    [Fact]
    public void A_character_beyond_the_columns_set_is_stored_as_osTicket_stores_it()
    {
        var desk = MariaDbStore.Create();
        desk.Stored(Mails.From("joe@example.net", body: "a \U0001D11E clef"));

        Assert.Equal("a ???? clef", desk.Row("SELECT body FROM ost_thread_entry"));
    }

    [Fact]
    public void A_server_that_is_gone_defers()
    {
        var store = new TicketStore(
            () => new MySqlConnection("Server=127.0.0.1;Port=1;User ID=x;Password=y;Database=z;Pooling=false"), StoreDialect.MySql, MariaDbStore.Options);

        Assert.Equal(DeferralCause.Unavailable, Deferral(store).Cause);
    }

    [Fact]
    public void A_wrong_password_or_database_is_the_administrators_error()
    {
        string database = MariaDbStore.CreateDatabase();
        using var connection = (MySqlConnection)MariaDbStore.Connect(database);
        var wrong = new MySqlConnectionStringBuilder(connection.ConnectionString) { Password = "wrong" };
        Assert.Equal(DeferralCause.Configuration, Deferral(new TicketStore(() => new MySqlConnection(wrong.ConnectionString), StoreDialect.MySql, MariaDbStore.Options)).Cause);
        Assert.Equal(DeferralCause.Configuration, Deferral(new TicketStore(() => MariaDbStore.Connect("nowhere"), StoreDialect.MySql, MariaDbStore.Options)).Cause);
    }

    protected override StoreUnderTest NewStore() => MariaDbStore.Create();

    private static DeliveryResult.Deferred Deferral(TicketStore store) =>
        Assert.IsType<DeliveryResult.Deferred>(store.Deliver(StoreUnderTest.Context(), _ => Mails.From("joe@example.net"), CancellationToken.None));
}
