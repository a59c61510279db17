using System.Text;
using Pipe.Store.Explanation;
using Pipe.Store.Notifications;
using Pipe.Tickets.Notifications;

namespace Pipe.Store.Tests;

/// <summary>The mails that follow from what is stored, the same for every database.</summary>
public abstract class NotificationTests
{
    private readonly RecordingOutbox _outbox = new();

    private protected RecordingOutbox Outbox => _outbox;

    private protected StoreOptions Options => StoreUnderTest.Options with
    {
        Notifications = new NotificationOptions { Outbox = _outbox, DefaultSettings = NotificationOptions.EmbeddedSettings("admin@acme.test") },
    };

    protected abstract StoreUnderTest NewStore();

    [Fact]
    public void A_new_ticket_is_told_to_its_owner_and_to_the_administrator_once_it_is_committed()
    {
        var desk = NewStore();
        string ticketsSeen = "";
        _outbox.OnStage = () => ticketsSeen = CountTicketsElsewhere(desk);
        var stored = desk.Stored(Mails.From("joe@example.net", "Gr\u00f6\u00dfe <b>", "a <b> & c"));

        Assert.Equal("0", ticketsSeen);
        Assert.Equal(
            ["TicketAutoresponse joe@example.net", "TicketAlert admin@acme.test"], _outbox.Released.Select(mail => $"{mail.Kind} {mail.Recipient.Address}"));
        Assert.Contains(stored.TicketNumber, _outbox.Released[0].Subject, StringComparison.Ordinal);
        Assert.Equal("support@acme.test", _outbox.Released[0].From.Address);
        Assert.Contains("a &lt;b&gt; &amp; c", _outbox.Released[1].Html!, StringComparison.Ordinal);
        Assert.Equal(0, _outbox.Forgotten);
    }

    [Fact]
    public void An_answer_is_confirmed_and_a_repetition_is_not()
    {
        var desk = NewStore();
        desk.Stored(Mails.From("joe@example.net"));
        string confirmation = _outbox.Released[0].MessageId;
        _outbox.Released.Clear();
        var answer = Mails.From("joe@example.net", "Re: Coffee") with { InReplyTo = $"<{confirmation}>" };
        Assert.Equal(StoredAs.Reply, desk.Stored(answer).As);
        Assert.Equal(["MessageConfirmation"], _outbox.Released.Select(mail => mail.Kind.ToString()));

        _outbox.Released.Clear();
        Assert.Equal(StoredAs.Duplicate, desk.Stored(answer).As);
        Assert.Empty(_outbox.Released);
    }

    [Fact]
    public void An_answer_to_somebody_elses_mail_alerts_nobody()
    {
        var desk = NewStore();
        var first = Mails.From("joe@example.net");
        desk.Stored(first);
        _outbox.Released.Clear();
        Assert.Equal(StoredAs.Reply, desk.Stored(Mails.From("joe@example.net") with { InReplyTo = first.MessageId }).As);

        Assert.Empty(_outbox.Released);
    }

    [Fact]
    public void Nobody_answers_the_null_sender()
    {
        var desk = NewStore();
        desk.Stored(Mails.From("joe@example.net"), new Envelope { Sender = "" });

        Assert.Equal(["TicketAlert"], _outbox.Released.Select(mail => mail.Kind.ToString()));
    }

    [Fact]
    public void Filters_forbid_answers_and_send_mail_of_their_own()
    {
        var desk = NewStore();
        desk.AddFilter(10, "email", "contains", "joe", ("noresp", "{}"), ("email", "{\"recipients\": \"boss@example.org\", \"subject\": \"F %{ticket.number}\", \"message\": \"<p>x</p>\"}"));
        var stored = desk.Stored(Mails.From("joe@example.net"));

        Assert.Equal(["FilterMail", "TicketAlert"], _outbox.Released.Select(mail => mail.Kind.ToString()));
        Assert.Equal($"F {stored.TicketNumber}", _outbox.Released[0].Subject);
    }

    [Fact]
    public void A_ticket_is_stored_even_if_its_mails_cannot_be_kept()
    {
        var desk = NewStore();
        _outbox.Failure = new IOException("No space left on device");
        desk.Stored(Mails.From("joe@example.net"));

        Assert.Equal("1", desk.Row("SELECT COUNT(*) FROM ost_ticket WHERE status_id > 0"));
        Assert.Contains(desk.LastTrace.Warnings, warning => warning.Contains("No space left", StringComparison.Ordinal));
    }

    [Fact]
    public void Mails_of_a_ticket_that_is_not_committed_are_forgotten()
    {
        var desk = NewStore();
        desk.Execute("ALTER TABLE ost_thread_event RENAME TO away");
        Assert.IsType<DeliveryResult.Deferred>(desk.Deliver(Mails.From("joe@example.net")));

        Assert.Empty(_outbox.Released);
        Assert.Equal(_outbox.Staged.Count > 0 ? 1 : 0, _outbox.Forgotten);
    }

    [Fact]
    public void IsCommitted_knows_the_entries_of_a_message()
    {
        var desk = NewStore();
        var mail = Mails.From("joe@example.net");
        desk.Stored(mail);
        var lookup = Lookup(desk);

        Assert.True(lookup.IsCommitted(mail.MessageId, 1));
        Assert.False(lookup.IsCommitted(mail.MessageId, 2));
        Assert.False(lookup.IsCommitted("<other@example.net>", 1));
    }

    [Fact]
    public void Explain_names_the_mails_that_would_be_sent_and_why_others_would_not_and_keeps_nothing()
    {
        var desk = NewStore();
        var plan = Explain(desk, "From: Joe <joe@example.net>\nTo: support@acme.test\nSubject: Coffee\nMessage-ID: <c1@example.net>\n\nx\n").Mails!;

        Assert.Equal(
            ["TicketAutoresponse joe@example.net support@acme.test", "TicketAlert admin@acme.test support@acme.test"],
            plan.Mails.Select(mail => $"{mail.Kind} {mail.Recipient.Address} {mail.From.Address}"));
        Assert.Contains("Coffee", plan.Mails[0].Subject, StringComparison.Ordinal);
        Assert.Empty(_outbox.Staged);
        Assert.Equal("0", desk.Row("SELECT COUNT(*) FROM ost_ticket"));

        var automatic = Explain(desk, "From: Joe <joe@example.net>\nAuto-Submitted: auto-replied\nSubject: Coffee\nMessage-ID: <c2@example.net>\n\nx\n").Mails!;
        Assert.Equal(["TicketAlert"], automatic.Mails.Select(mail => mail.Kind.ToString()));
        Assert.Contains(
            new NotificationDecision(NotificationKind.TicketAutoresponse, "joe@example.net", false, "the message is an automatic one"), automatic.Decisions);
    }

    [Fact]
    public void Explain_of_a_message_of_nobody_tells_of_the_stand_in_to_whom_nothing_is_sent()
    {
        var explanation = Explain(NewStore(), "From: MAILER-DAEMON\nSubject: Alarm\nMessage-ID: <c1@example.net>\n\nx\n");

        Assert.IsType<DeliveryResult.Stored>(explanation.Result);
        Assert.Equal("unknown-sender@pipe.invalid", explanation.Ticket!.Owner);
        Assert.DoesNotContain(explanation.Mails!.Mails, mail => mail.Recipient.Address.Contains("unknown", StringComparison.Ordinal));
    }

    [Fact]
    public void Explain_judges_a_denied_message_anew()
    {
        var desk = NewStore();
        const string Mail = "From: joe@example.net\nSubject: Coffee\nMessage-ID: <c1@example.net>\n\nx\n";
        desk.AddFilter(10, "email", "contains", "joe", ("reject", "{}"));
        desk.Deliver(Mail);
        Assert.Equal("Filter 10", Explain(desk, Mail).RejectedBy);

        desk.Execute("DELETE FROM ost_filter_action");
        Assert.IsType<DeliveryResult.Stored>(Explain(desk, Mail).Result);
        Assert.DoesNotContain(Explain(desk, Mail).Keys, key => key.Matched);
    }

    [Fact]
    public void An_answer_to_a_mail_with_an_encoded_id_cites_the_id_itself()
    {
        NewStore().Stored("From: joe@example.net\nSubject: Coffee\nMessage-ID: =?utf-8?q?=3Cc1=40?=\n =?utf-8?q?example=2Enet=3E?=\nReferences: =?utf-8?q?=3Cc0=40example=2Enet=3E?=\n\nx\n");

        Assert.Equal("<c1@example.net>", _outbox.Released[0].InReplyTo);
        Assert.Equal(["<c0@example.net>", "<c1@example.net>"], _outbox.Released[0].References);
    }

    [Fact]
    public void Explain_of_a_message_that_becomes_no_entry_plans_no_mail()
    {
        var desk = NewStore();
        desk.AddFilter(10, "email", "contains", "joe", ("reject", "{}"));

        Assert.Null(Explain(desk, "From: Joe <joe@example.net>\nSubject: Coffee\nMessage-ID: <c1@example.net>\n\nx\n").Mails);
    }

    private IntakeExplanation Explain(StoreUnderTest desk, string message)
    {
        using var raw = RawMessage.ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(message)), new RawMessageOptions()).GetAwaiter().GetResult();
        return Explainer(desk).Explain(new DeliveryContext(raw, new Envelope(), new DeliveryTrace()));
    }

    private protected abstract IntakeExplainer Explainer(StoreUnderTest desk);

    private protected abstract EntryLookup Lookup(StoreUnderTest desk);

    // Another connection sees only what is committed.
    private protected abstract string CountTicketsElsewhere(StoreUnderTest desk);
}
