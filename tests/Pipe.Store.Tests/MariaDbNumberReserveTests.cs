using System.Globalization;

namespace Pipe.Store.Tests;

/// <summary>Ticket numbers in a help desk that is so large that looking for a free one takes long.</summary>
public sealed class MariaDbNumberReserveTests : IDisposable
{
    private const int Ahead = 64;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pipe-store-");
    private readonly StoreUnderTest _desk;

    public MariaDbNumberReserveTests()
    {
        string database = MariaDbStore.CreateDatabase();
        _desk = new StoreUnderTest(
            () => MariaDbStore.Connect(database), StoreDialect.MySql, MariaDbStore.Options with { FreeNumbersFile = () => File });
    }

    private string File => Path.Combine(_folder.FullName, "numbers", "desk");

    private string[] Kept => [.. System.IO.File.ReadAllLines(File).Skip(3)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_look_takes_numbers_for_the_next_tickets_too()
    {
        MakeLarge();
        Open();
        string[] kept = Kept;
        Assert.InRange(kept.Length, Ahead - 1, Ahead);
        Assert.All(kept, number => Assert.Matches("^[1-9][0-9]{5}$", number));

        Assert.Equal(kept[^1], Open());
        Assert.Equal(kept[^2], Open());
        Assert.Equal(kept[..^2], Kept);
    }

    [Fact]
    public void A_small_help_desk_needs_none()
    {
        Open();
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void A_number_that_another_ticket_was_given_meanwhile_is_passed_over()
    {
        MakeLarge();
        Open();
        string[] kept = Kept;
        // One has come since; the other had its id already when the look was made, and was committed later.
        _desk.Execute($"INSERT INTO ost_ticket (number, created, updated) VALUES ('{kept[^1]}', NOW(), NOW())");
        _desk.Execute($"INSERT INTO ost_ticket (ticket_id, number, created, updated) VALUES (29999, '{kept[^2]}', NOW(), NOW())");

        Assert.Equal(kept[^3], Open());
    }

    [Theory]
    [InlineData("DELETE FROM ost_ticket WHERE ticket_id > 30000")]
    [InlineData("UPDATE ost_ticket SET number = '7' WHERE ticket_id > 30000")]
    public void In_a_database_that_is_not_the_one_of_the_look_nothing_kept_counts(string change)
    {
        MakeLarge();
        Open();
        string[] kept = Kept;
        _desk.Execute(change);

        Assert.DoesNotContain(Open(), kept);
        Assert.Empty(kept.Intersect(Kept));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n\n")]
    [InlineData("######\n30001\n")]
    [InlineData("######\nx\n1\n123456\n")]
    [InlineData("ABC-####\n30000\n1\nABC-1234\n")]
    [InlineData("######\n30000\nnobody's\n123456\n")]
    [InlineData("######\n30000\n'; DROP TABLE ost_ticket; --\n123456\n")]
    public void A_file_of_no_use_is_replaced(string content)
    {
        MakeLarge();
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, content);

        Assert.NotEqual("123456", Open());
        if (Kept.Length == 0)
            Open();
        Assert.InRange(Kept.Length, Ahead - 1, Ahead);
    }

    [Fact]
    public void A_file_that_somebody_else_has_at_hand_is_not_waited_for()
    {
        MakeLarge();
        Open();
        using var held = new FileStream(File, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Open();
    }

    [Fact]
    public void Deliveries_at_the_same_time_take_different_numbers()
    {
        MakeLarge();
        string[] numbers = new string[200];
        Parallel.For(0, numbers.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => numbers[i] = Open(i));
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }

    private void MakeLarge() => _desk.Execute("INSERT INTO ost_ticket (ticket_id, number, created, updated) VALUES (30000, '1', NOW(), NOW())");

    private string Open(int? from = null) =>
        _desk.Stored(Mails.From(string.Create(CultureInfo.InvariantCulture, $"c{from ?? Random.Shared.Next()}@example.net"))).TicketNumber;
}
