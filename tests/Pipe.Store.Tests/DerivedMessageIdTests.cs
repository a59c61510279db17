namespace Pipe.Store.Tests;

/// <summary>Mails without a Message-ID, which machines send with headers that are alike to the last byte.</summary>
public abstract class DerivedMessageIdTests
{
    private const string Header = "From: scanner@example.net\nTo: support@acme.test\nSubject: Report\nDate: Wed, 05 Mar 2025 09:00:00 +0000\n";

    private const string HtmlHeader = Header + "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n";

    private StoreUnderTest? _desk;

    private protected StoreUnderTest Desk => _desk ??= NewStore();

    private protected abstract StoreUnderTest NewStore();

    public static TheoryData<string, string> Pairs => new()
    {
        { Header + "\npump 1 leaks\n", Header + "\npump 2 leaks\n" },
        { Header + "\nPUMP\n", Header + "\npump\n" },
        { Header + "\n" + LongText + "1\n", Header + "\n" + LongText + "2\n" },
        { WithFile("first"), WithFile("other") },
        { WithFile("first"), WithFile("first", "second") },
        { WithFile(""), WithFile("", "") },
        { WithFile("first", "second"), WithFile("second", "first") },
        { "From: scanner@example.net\nSubject: x\nContent-Type: multipart/mixed\n\nfirst", "From: scanner@example.net\nSubject: x\nContent-Type: multipart/mixed\n\nother" },
    };

    private static string LongText => string.Concat(Enumerable.Repeat("0123456789 ", 6_000));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_mails_of_one_header_are_two_tickets_and_each_repetition_is_known(string first, string second)
    {
        string one = Desk.Stored(first).TicketNumber;
        string two = Desk.Stored(second).TicketNumber;

        Assert.NotEqual(one, two);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(new DeliveryResult.Stored(one, StoredAs.Duplicate), Desk.Stored(first));
            Assert.Equal(new DeliveryResult.Stored(two, StoredAs.Duplicate), Desk.Stored(second));
        }

        Assert.Equal("2|2", Desk.Row("SELECT (SELECT COUNT(*) FROM ost_ticket), (SELECT COUNT(DISTINCT mid) FROM ost_thread_entry_email)"));
    }

    [Fact]
    public void Two_answers_of_one_header_are_two_entries_of_the_ticket()
    {
        var first = Mails.From("scanner@example.net");
        string number = Desk.Stored(first).TicketNumber;
        string header = Header + $"In-Reply-To: {first.MessageId}\n\n";

        Assert.Equal(new DeliveryResult.Stored(number, StoredAs.Reply), Desk.Stored(header + "yes"));
        Assert.Equal(new DeliveryResult.Stored(number, StoredAs.Reply), Desk.Stored(header + "no"));
        Assert.Equal(new DeliveryResult.Stored(number, StoredAs.Duplicate), Desk.Stored(header + "no"));
        Assert.Equal(new DeliveryResult.Stored(number, StoredAs.Duplicate), Desk.Stored(header + "yes"));
        Assert.Equal(["yes", "no"], Desk.Rows("SELECT body FROM ost_thread_entry WHERE id > 1 ORDER BY id"));
    }

    [Fact]
    public void An_answer_of_a_stranger_is_known_again_by_what_he_wrote()
    {
        var first = Mails.From("joe@example.net");
        Desk.Stored(first);
        string header = Header + $"In-Reply-To: {first.MessageId}\n\n";

        Assert.Equal(StoredAs.Reply, Desk.Stored(header + "yes").As);
        Assert.Equal(StoredAs.Duplicate, Desk.Stored(header + "yes").As);
        Assert.Equal(StoredAs.Reply, Desk.Stored(header + "no").As);
    }

    [Theory]
    [InlineData("<scan@device>")]
    [InlineData("no id at all")]
    public void A_Message_ID_that_a_device_uses_for_all_its_mails_loses_none(string id)
    {
        string first = $"{Header}Message-ID: {id}\n\npage 1";
        string second = $"{Header.Replace("09:00", "09:05", StringComparison.Ordinal)}Message-ID: {id}\n\npage 2";

        string one = Desk.Stored(first).TicketNumber;
        string two = Desk.Stored(second).TicketNumber;

        Assert.NotEqual(one, two);
        Assert.Equal(new DeliveryResult.Stored(one, StoredAs.Duplicate), Desk.Stored(first));
        Assert.Equal(new DeliveryResult.Stored(two, StoredAs.Duplicate), Desk.Stored(second));
    }

    [Theory]
    [InlineData("09:00", "text\n-- \nThe list\n")]     // a list adds its footer
    [InlineData("09:05", "text\n")]                    // each relay had to add a Date
    public void A_mail_that_comes_twice_on_different_ways_is_one(string time, string body)
    {
        string header = $"{Header}Message-ID: <one@example.net>\n\n";
        string number = Desk.Stored(header + "text\n").TicketNumber;

        Assert.Equal(
            new DeliveryResult.Stored(number, StoredAs.Duplicate),
            Desk.Stored(header.Replace("09:00", time, StringComparison.Ordinal) + body));
    }

    [Fact]
    public void A_denied_mail_does_not_stand_for_another_of_the_same_header()
    {
        Desk.AddFilter(7, "body", "contains", "pills", ("reject", "{}"));

        Assert.IsType<DeliveryResult.Refused>(Desk.Deliver(Header + "\npills!"));
        Assert.Equal(StoredAs.NewTicket, Desk.Stored(Header + "\nhelp!").As);
        Assert.IsType<DeliveryResult.Refused>(Desk.Deliver(Header + "\npills!"));
        Assert.IsType<DeliveryResult.Refused>(Desk.Deliver(Header + "\npills!"));
        Assert.Equal(StoredAs.Duplicate, Desk.Stored(Header + "\nhelp!").As);
        Assert.Equal("1", Desk.Row("SELECT COUNT(*) FROM ost_ticket"));
    }

    [Fact]
    public void A_mail_that_was_attached_as_it_came_is_known_again_behind_another_separator_line()
    {
        const string Broken = "From: scanner@example.net\nSubject: x\nContent-Type: multipart/mixed\n\nbody\n";

        Assert.Equal(StoredAs.NewTicket, Desk.Stored("From scanner@example.net Wed Mar  5 09:00:00 2025\n" + Broken).As);
        Assert.Equal(StoredAs.Duplicate, Desk.Stored("From scanner@example.net Wed Mar  5 10:30:00 2025\n" + Broken).As);
    }

    [Fact]
    public void A_ticket_left_unfinished_by_a_dead_process_is_finished_and_not_doubled()
    {
        Desk.Stored(Header + "\none");
        Desk.Stored(Header + "\ntwo");
        Desk.Execute("UPDATE ost_ticket SET status_id = 0");

        Assert.Equal(StoredAs.Duplicate, Desk.Stored(Header + "\ntwo").As);
        Assert.Equal(["0", "1"], Desk.Rows("SELECT status_id FROM ost_ticket ORDER BY ticket_id"));
        Assert.Equal(StoredAs.Duplicate, Desk.Stored(Header + "\none").As);
        Assert.Equal(["1", "1"], Desk.Rows("SELECT status_id FROM ost_ticket ORDER BY ticket_id"));
    }

    private static string WithFile(params string[] files)
    {
        var message = new System.Text.StringBuilder(HtmlHeader).Append("\n--b\nContent-Type: text/html\n\n<p>See <img src=\"cid:f0@x\"> and <img src=\"cid:f1@x\"></p>\n");
        for (int i = 0; i < files.Length; i++)
            message.Append(System.Globalization.CultureInfo.InvariantCulture, $"--b\nContent-Type: image/png; name=f.png\nContent-ID: <f{i}@x>\n\n{files[i]}\n");
        return message.Append("--b--\n").ToString();
    }
}
