using Pipe.Tickets.Routing;

namespace Pipe.Tickets.Tests.Routing;

// The rows are those of the routing table in the description of osTicket's parser.
public sealed class MailRoutingTests
{
    private static readonly Mailbox[] Mailboxes =
        [new(1, "support@acme.test", "Support"), new(2, "alerts@acme.test", "osTicket Alerts"), new(3, "noreply@acme.test", "")];

    [Fact]
    public void Route_sorts_people_from_mailboxes()
    {
        var routing = Route(
            new(RecipientField.To, "support@acme.test", ""), new(RecipientField.To, "alerts@acme.test", ""),
            new(RecipientField.To, "bob@X.test", "Bob, B"), new(RecipientField.Cc, "noreply@acme.test", ""),
            new(RecipientField.Cc, "carl@x.test", ""));

        Assert.Equal(1, routing.MailboxId);
        Assert.Equal([1, 2, 3], routing.SystemMailboxIds);
        Assert.Equal([new("bob@X.test", "Bob, B", "Email (to)"), new("carl@x.test", "", "Email (cc)")], routing.People);
        Assert.Equal(
            """{"to":["Support <support@acme.test>","osTicket Alerts <alerts@acme.test>","Bob, B <bob@X.test>","noreply@acme.test"],"cc":[" <carl@x.test>"]}""",
            routing.RecipientsJson);
        Assert.Equal(5, routing.RecipientCount);
    }

    [Fact]
    public void Route_takes_the_first_mailbox_in_any_field()
    {
        var routing = Route(
            new(RecipientField.To, "bob@x.test", ""), new(RecipientField.Cc, "alerts@acme.test", ""), new(RecipientField.Cc, "support@acme.test", ""));

        Assert.Equal(2, routing.MailboxId);
        Assert.Equal([2, 1], routing.SystemMailboxIds);
        Assert.Equal("""{"to":[" <bob@x.test>","osTicket Alerts <alerts@acme.test>","Support <support@acme.test>"]}""", routing.RecipientsJson);
    }

    [Fact]
    public void Route_with_people_in_Cc_only_names_them_first() =>
        Assert.Equal("""{"cc":[" <c@x.test>"],"to":[]}""", Route(new MailRecipient(RecipientField.Cc, "c@x.test", "")).RecipientsJson);

    [Fact]
    public void Route_without_addressees_still_has_a_list() => Assert.Equal("""{"to":[]}""", Route().RecipientsJson);

    [Fact]
    public void Route_never_makes_a_collaborator_of_the_address_it_was_delivered_to()
    {
        var routing = Route(new(RecipientField.To, "bob@x.test", "Bob"), new(RecipientField.DeliveredTo, "BOB@x.test", ""));

        Assert.Null(routing.MailboxId);
        Assert.True(Assert.Single(routing.People).IsDeliveredTo);
        Assert.Equal("""{"to":["Bob <bob@x.test>"]}""", routing.RecipientsJson);
    }

    [Fact]
    public void Route_finds_the_mailbox_in_Delivered_To()
    {
        var routing = Route(new(RecipientField.To, "bob@x.test", ""), new(RecipientField.DeliveredTo, "support@acme.test", ""));

        Assert.Equal(1, routing.MailboxId);
        Assert.Equal("""{"to":[" <bob@x.test>","Support <support@acme.test>"]}""", routing.RecipientsJson);
    }

    [Fact]
    public void Route_names_each_in_To_once_but_everybody_in_Cc()
    {
        var routing = Route(
            new(RecipientField.To, "support@acme.test", ""), new(RecipientField.To, "support@acme.test", "Us"),
            new(RecipientField.To, "a@x.test", ""), new(RecipientField.Cc, "a@x.test", ""), new(RecipientField.Cc, "a@x.test", ""));

        Assert.Equal("""{"to":["Support <support@acme.test>"," <a@x.test>"],"cc":[" <a@x.test>"," <a@x.test>"]}""", routing.RecipientsJson);
        Assert.Equal([1], routing.SystemMailboxIds);
    }

    [Fact]
    public void Route_writes_JSON_as_PHP_does() => Assert.Equal(
        "{\"to\":[\"J\\u00f6rg \\/ \\\"x\\\" \\ud83d\\ude00\\t <j@x.test>\"]}",
        Route(new MailRecipient(RecipientField.To, "j@x.test", "J\u00f6rg / \"x\" \U0001F600\t")).RecipientsJson);

    private static MailRouting Route(params MailRecipient[] recipients) => MailRouting.Route(
        Mails.Of(recipients: recipients),
        address => Array.Find(Mailboxes, mailbox => mailbox.Address.Equals(address, StringComparison.OrdinalIgnoreCase)));
}
