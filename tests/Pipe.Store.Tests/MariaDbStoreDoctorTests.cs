using Pipe.Store.Explanation;

namespace Pipe.Store.Tests;

public sealed class MariaDbStoreDoctorTests
{
    [Fact]
    public void Examine_counts_tickets_whose_numbers_have_no_index_and_tells_how_to_make_one()
    {
        string database = MariaDbStore.CreateDatabase();
        var desk = new StoreUnderTest(() => MariaDbStore.Connect(database), StoreDialect.MySql, MariaDbStore.Options);
        desk.Execute("INSERT INTO ost_ticket (number, created, updated) SELECT seq, NOW(), NOW() FROM seq_1_to_500");
        desk.Execute("ANALYZE TABLE ost_ticket");
        var doctor = new StoreDoctor(() => MariaDbStore.Connect(database), StoreDialect.MySql, MariaDbStore.Options);

        var before = doctor.Examine();
        Assert.InRange(before.TicketsWithoutNumberIndex, 400, 600);
        Assert.Equal("ALTER TABLE ost_ticket ADD INDEX number (number)", before.NumberIndexSql);

        desk.Execute(before.NumberIndexSql);
        Assert.Equal(0, doctor.Examine().TicketsWithoutNumberIndex);
        Assert.Equal(StoredAs.NewTicket, desk.Stored(Mails.From("joe@example.net")).As);
    }
}
