using System.Globalization;
using System.Text.Json;
using Pipe.MailSystems.Tests.Laboratory;
using Pipe.Testing;
using Pipe.Tickets.Threading;

namespace Pipe.MailSystems.Tests.RoundTrips;

/// <summary>
/// Customer, help desk and agents write to each other through a real mail system: everything comes in by SMTP, everything that
/// goes out is handed to the mail system's own <c>sendmail</c> and is read from the mailbox in which it arrives.
/// </summary>
public abstract class RoundTripContract : IDisposable
{
    private protected const string Agent = "Ada Agent <acct@lab.test>";

    private const string Customer = "Carla Cüstomer <customer@lab.test>";
    private const string EncodedCustomer = "=?utf-8?q?Carla_C=C3=BCstomer?= <customer@lab.test>";
    private const string Colleague = "Carl Colleague <carl@lab.test>";
    private const string Separator = "-- reply above this line --";

    private Lab? _lab;

    private protected Lab Lab => _lab!;

    private protected abstract MailSystem System { get; }

    /// <summary>What makes the mail system listen, and send as the software it has behind it asks.</summary>
    private protected abstract string SmtpSetup { get; }

    /// <summary>What signs the Message-IDs.</summary>
    private protected abstract string Salt { get; }

    [Fact]
    public void Customer_and_agent_talk_on_one_ticket_and_automatic_mail_is_answered_by_nobody()
    {
        if (WhyNot() is { } reason)
            Assert.Skip(reason);
        _lab = Lab.Start(System, Database);
        _ = _lab.Root.Shell(SmtpSetup).Text;
        File.Copy(Path.Combine(LabPackages.Scripts, "arrived.py"), Path.Combine(_lab.Root.Folder, "arrived.py"));
        var settings = new Dictionary<string, string>(_lab.Desk.Store.Settings.Concat(Configure()));
        settings["logFile"] = "/lab/desk/pipe.log";
        settings["logFormat"] = "json";
        settings["temporaryFolder"] = "/tmp";
        settings["quarantine"] = "/lab/desk/quarantine";
        settings["outbox"] = "/lab/desk/outbox";
        _ = _lab.Root.Run(JsonSerializer.SerializeToUtf8Bytes(settings), "bash", "-c", "tee /etc/pipe/pipe.json > /opt/pipe/pipe.json").Text;

        var autoresponse = The_ticket_is_confirmed_and_told_of();
        The_answer_is_put_on_the_ticket(autoresponse);
        TheAgentAnswers();
        A_colleague_is_confirmed_in_Cc();
        An_automatic_answer_causes_no_mail(autoresponse);
        A_real_bounce_causes_no_mail();
    }

    public virtual void Dispose()
    {
        _lab?.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected virtual string? WhyNot() => LabPackages.WhyNot(System.Tree);

    /// <summary>The database server, or <c>null</c> for an embedded store.</summary>
    private protected virtual MariaDbServer? Database => null;

    /// <summary>Sets the help desk up to send mail.</summary>
    /// <returns>Settings that this takes.</returns>
    private protected abstract Dictionary<string, string> Configure();

    /// <summary>The rows of a query: by line, columns by tab.</summary>
    private protected abstract string Query(string sql);

    /// <summary>An agent answers an alert.</summary>
    private protected abstract void TheAgentAnswers();

    private protected long Count(string table) => long.Parse(Query($"SELECT COUNT(*) FROM ost_{table}"), CultureInfo.InvariantCulture);

    /// <summary>Sends a mail to the help desk and waits until all that it causes is over.</summary>
    private protected void Send(string sender, string message)
    {
        int before = Lab.Desk.Outcomes().Count(IsDelivery);
        SmtpSender.Send(Lab.Root, sender, HelpDesk.Address, message);
        Wait.Until(() => Lab.Desk.Outcomes().Count(IsDelivery) > before, "a delivery", Describe);
        Settle();
    }

    /// <summary>The mails in a mailbox, oldest first.</summary>
    private protected IReadOnlyList<ArrivedMail> Mailbox(string account) =>
        JsonSerializer.Deserialize<List<ArrivedMail>>(Lab.Root.Run(null, "python3", "/lab/arrived.py", $"/var/mail/{account}").Text)!;

    /// <summary>The mails in agents' mailbox that are for one of them.</summary>
    private protected IReadOnlyList<ArrivedMail> MailsFor(string address) =>
        Mailbox("acct").Where(mail => mail["To"].Contains(address, StringComparison.Ordinal)).ToList();

    /// <summary>The mails that were handed over so far: kind and recipient.</summary>
    private protected IReadOnlyList<string> HandedOver() => Lab.Desk.Outcomes().Where(line => !IsDelivery(line))
        .Select(line => $"{line.GetProperty("outcome")} {line.GetProperty("kind")} {line.GetProperty("to")}").ToList();

    private protected string Describe() => Lab.Describe();

    private static string NewId() => $"<{Guid.NewGuid():N}@customer.test>";

    // Deliveries and mails both have an outcome; mails have a kind.
    private static bool IsDelivery(JsonElement line) => !line.TryGetProperty("kind", out _);

    private ArrivedMail The_ticket_is_confirmed_and_told_of()
    {
        string id = NewId();
        Send("customer@lab.test", Correspondence.Letter(EncodedCustomer, "Feuer im Büro 7", id, $"Cc: {Colleague}\n"));
        Assert.Equal(1, Count("ticket"));
        string number = Query("SELECT number FROM ost_ticket").Trim();

        var mail = Assert.Single(Mailbox("customer"));
        Assert.Empty(mail.Defects);
        Assert.Equal("support@lab.test", mail.EnvelopeSender);
        Assert.Equal("Support <support@lab.test>", mail["From"]);
        Assert.Equal(Customer, mail["To"]);
        Assert.Equal("auto-replied", mail["Auto-Submitted"]);
        Assert.Equal("auto_reply", mail["Precedence"]);
        Assert.Equal(id, mail["In-Reply-To"]);
        Assert.Equal(id, mail["References"]);
        Assert.Contains(number, mail["Subject"], StringComparison.Ordinal);
        Assert.Contains("Feuer im Büro 7", mail["Subject"], StringComparison.Ordinal);
        Assert.Equal("multipart/alternative(text/plain, text/html)", mail.Structure);
        Assert.StartsWith(Separator, mail.Text("text/plain"), StringComparison.Ordinal);
        Assert.Contains(number, mail.Text("text/html"), StringComparison.Ordinal);
        Assert.True(TicketMessageId.TryDecode(mail["Message-ID"], Salt, out var tag));
        Assert.Equal((AddresseeClass.Owner, 1u), (tag.Class, tag.EntryId));

        var alert = MailsFor("acct@lab.test").Single();
        Assert.Empty(alert.Defects);
        Assert.Equal("support@lab.test", alert.EnvelopeSender);
        Assert.Equal("auto-generated", alert["Auto-Submitted"]);
        Assert.Contains("Der Drucker brennt. Größe: 3 m.\n.\nFrom here on", alert.Text("text/plain"), StringComparison.Ordinal);
        Assert.Contains("Größe: 3 m.", alert.Text("text/html"), StringComparison.Ordinal);
        Assert.True(TicketMessageId.TryDecode(alert["Message-ID"], Salt, out _));
        return mail;
    }

    private void The_answer_is_put_on_the_ticket(ArrivedMail autoresponse)
    {
        string id = NewId();
        int alerts = Mailbox("acct").Count;
        Send("customer@lab.test", Correspondence.Answer(EncodedCustomer, autoresponse, id, "Es brennt noch immer."));

        Assert.Equal(1, Count("ticket"));
        Assert.Equal("1\tM\n2\tM", Query("SELECT id, type FROM ost_thread_entry ORDER BY id"));
        string body = Query("SELECT body FROM ost_thread_entry WHERE id = 2");
        Assert.Contains("Es brennt noch immer.", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Ref-Mid", body, StringComparison.Ordinal);

        var confirmation = Mailbox("customer")[^1];
        Assert.Equal(2, Mailbox("customer").Count);
        Assert.Empty(confirmation.Defects);
        Assert.Equal(id, confirmation["In-Reply-To"]);
        Assert.Equal([.. autoresponse["References"].Split(' '), autoresponse["Message-ID"], id], confirmation["References"].Split(' '));
        Assert.Equal(alerts + 1, Mailbox("acct").Count);
    }

    // He was in Cc, so he takes part; and it is not his ticket.
    private void A_colleague_is_confirmed_in_Cc()
    {
        string number = Query("SELECT number FROM ost_ticket").Trim();
        string id = NewId();
        int customers = Mailbox("customer").Count;
        Send("carl@lab.test", Correspondence.Letter(Colleague, $"Re: [#{number}] Feuer", id));

        Assert.Equal(1, Count("ticket"));
        Assert.Equal(customers, Mailbox("customer").Count);
        var confirmation = Assert.Single(Mailbox("acct"), mail => mail["Cc"].Length > 0);
        Assert.Empty(confirmation.Defects);
        Assert.Equal(Colleague, confirmation["Cc"]);
        Assert.Equal("", confirmation["To"]);
        Assert.Equal(id, confirmation["In-Reply-To"]);
        Assert.True(TicketMessageId.TryDecode(confirmation["Message-ID"], Salt, out var tag));
        Assert.Equal(AddresseeClass.Collaborator, tag.Class);
    }

    private void An_automatic_answer_causes_no_mail(ArrivedMail autoresponse)
    {
        long entries = Count("thread_entry");
        var before = HandedOver();

        // A vacation program as RFC 3834 has it, and one that is older than it and answers from a person's address.
        Send("", Correspondence.Answer(EncodedCustomer, autoresponse, NewId(), "I am on holiday.", "Auto-Submitted: auto-replied\n"));
        Send("customer@lab.test", Correspondence.Answer(EncodedCustomer, autoresponse, NewId(), "I am on holiday.", "Precedence: bulk\n"));

        Assert.Equal(entries + 2, Count("thread_entry"));
        Assert.Equal(before, HandedOver());
    }

    private void A_real_bounce_causes_no_mail()
    {
        int before = HandedOver().Count;
        long tickets = Count("ticket");

        // The confirmation to somebody who does not exist comes back from the mail system.
        int deliveries = Lab.Desk.Outcomes().Count(IsDelivery);
        SmtpSender.Send(Lab.Root, "nobody-there@lab.test", HelpDesk.Address, Correspondence.Letter("nobody-there@lab.test", "Away", NewId()));
        Wait.Until(() => Lab.Desk.Outcomes().Count(IsDelivery) >= deliveries + 2, "the bounce", Describe);
        Settle();

        Assert.Equal(deliveries + 2, Lab.Desk.Outcomes().Count(IsDelivery));
        Assert.Equal(tickets + 1, Count("ticket"));
        Assert.Equal("2", Query("SELECT COUNT(*) FROM ost_thread_entry WHERE thread_id = (SELECT MAX(id) FROM ost_thread)").Trim());
        var mails = HandedOver().Skip(before).ToList();
        Assert.Equal("sent TicketAutoresponse nobody-there@lab.test", mails[0]);
        Assert.All(mails.Skip(1), mail => Assert.StartsWith("sent TicketAlert ", mail, StringComparison.Ordinal));
        Assert.Equal("", Lab.Desk.Outcomes().Last(IsDelivery).GetProperty("sender").GetString());
    }

    // Mails are handed over after the delivery is noted, and arrive after that.
    private void Settle()
    {
        Wait.Until(() => Lab.Root.Processes("/opt/pipe/pipe").Count == 0, "the executable is done", Describe);
        Wait.Until(() => Lab.Queued() == 0, "an empty queue", Describe);
        Wait.Until(() => Lab.Root.Processes("/opt/pipe/pipe").Count == 0, "the executable is done", Describe);
    }
}
