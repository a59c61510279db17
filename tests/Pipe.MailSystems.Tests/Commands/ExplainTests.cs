using System.Text.Json;
using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Commands;

public sealed class ExplainTests
{
    private const string First = "From: Carla <carla@customer.test>\nTo: support@acme.test\nCc: Bob <bob@customer.test>\nSubject: hello\nMessage-ID: <m1@customer.test>\n\nHello.\n";

    [SkippableFact]
    public void Explain_says_what_a_delivery_would_do_and_leaves_the_store_as_it_was()
    {
        Skip.If(LabPackages.WhyNot(null) is not null, LabPackages.WhyNot(null));
        using var place = new Workplace();
        Assert.Equal(0, place.Pipe(First).ExitCode);
        string tickets = place.Run("tickets").Text;
        string log = File.ReadAllText(place.LogFile);
        string reply = First.Replace("m1@", "m2@", StringComparison.Ordinal).Replace("\n\n", "\nReferences: <unknown@elsewhere.test> <m1@customer.test>\n\n", StringComparison.Ordinal);

        string text = place.Pipe(reply, "explain", "-").Text;

        Assert.Contains("a message on an existing ticket", text, StringComparison.Ordinal);
        Assert.Contains("yes  reference <m1@customer.test>: a message with this Message-ID is on ticket", text, StringComparison.Ordinal);
        Assert.Contains("no   reference <unknown@elsewhere.test>", text, StringComparison.Ordinal);
        Assert.Contains("no   subject", text, StringComparison.Ordinal);
        Assert.Equal(tickets, place.Run("tickets").Text);
        Assert.Equal(log, File.ReadAllText(place.LogFile));

        // And the delivery does what was foretold.
        Assert.Equal(0, place.Pipe(reply).ExitCode);
        Assert.Contains("outcome=reply", File.ReadAllText(place.LogFile), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Explain_tells_a_new_ticket_a_repetition_and_a_rejection_apart()
    {
        Skip.If(LabPackages.WhyNot(null) is not null, LabPackages.WhyNot(null));
        using var place = new Workplace();

        var before = Explain(place, First);
        Assert.StartsWith("a new ticket", before.GetProperty("result").GetProperty("outcome").GetString(), StringComparison.Ordinal);
        Assert.Equal("carla@customer.test", before.GetProperty("result").GetProperty("owner").GetString());
        Assert.Equal("bob@customer.test", before.GetProperty("result").GetProperty("collaborators").GetString());
        Assert.False(File.Exists(place.Store));

        Assert.Equal(0, place.Pipe(First).ExitCode);
        var after = Explain(place, First);
        Assert.Equal("nothing: the message is there already", after.GetProperty("result").GetProperty("outcome").GetString());
        Assert.Equal("0", after.GetProperty("result").GetProperty("exitCode").GetString());

        place.RunProgram("/usr/bin/sqlite3", """
            INSERT INTO ost_filter (id, execorder, isactive, status, match_all_rules, stop_onmatch, target, email_id, name) VALUES (90, 1, 1, 0, 0, 0, 'Any', 0, 'No advertisements');
            INSERT INTO ost_filter_rule (filter_id, what, how, val, isactive) VALUES (90, 'subject', 'contains', 'offer', 1);
            INSERT INTO ost_filter_action (filter_id, sort, type, configuration) VALUES (90, 1, 'reject', '{}');
            UPDATE ost_filter_rule SET what = 'email', how = 'equal', val = 'spam@customer.test' WHERE filter_id = 90;
            """, null, place.Store);
        var denied = Explain(place, First.Replace("carla@", "spam@", StringComparison.Ordinal).Replace("m1@", "m3@", StringComparison.Ordinal));
        Assert.StartsWith("denied: ", denied.GetProperty("result").GetProperty("outcome").GetString(), StringComparison.Ordinal);
        Assert.Equal("No advertisements", denied.GetProperty("filters")[0].GetProperty("name").GetString());
    }

    [SkippableFact]
    public void Explain_names_the_mailbox_that_the_envelope_decides()
    {
        Skip.If(LabPackages.WhyNot(null) is not null, LabPackages.WhyNot(null));
        using var place = new Workplace();
        Assert.Equal(0, place.Pipe(First).ExitCode);
        string blindCopy = First.Replace("To: support@acme.test", "To: everybody@list.test", StringComparison.Ordinal).Replace("m1@", "m4@", StringComparison.Ordinal);

        string text = place.Pipe(blindCopy, "explain", "-", "--recipient", "support+7@acme.test", "--extension", "7").Text;

        Assert.Contains("the envelope recipient support+7@acme.test does", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Explain_of_an_empty_message_foretells_the_retry()
    {
        Skip.If(LabPackages.WhyNot(null) is not null, LabPackages.WhyNot(null));
        using var place = new Workplace();

        Assert.Equal("75", Explain(place, "").GetProperty("result").GetProperty("exitCode").GetString());
    }

    [SkippableFact]
    public void Explain_puts_nothing_of_a_hostile_mail_on_the_terminal()
    {
        Skip.If(LabPackages.WhyNot(null) is not null, LabPackages.WhyNot(null));
        using var place = new Workplace();
        string hostile = First.Replace("hello", "\u001b]0;owned\u0007\u001b[2J", StringComparison.Ordinal).Replace("Hello.", "\u001b[31m\u0000\u0008", StringComparison.Ordinal);

        string text = place.Pipe(hostile, "explain", "-").Text;

        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
    }

    private static JsonElement Explain(Workplace place, string message) =>
        JsonDocument.Parse(place.Pipe(message, "explain", "--json", "-").Text).RootElement;
}
