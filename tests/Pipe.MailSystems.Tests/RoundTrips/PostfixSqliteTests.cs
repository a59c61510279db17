using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.RoundTrips;

/// <summary>The help desk is an SQLite file: there are no agents, and the administrator gets the alerts.</summary>
public sealed class PostfixSqliteTests : RoundTripContract
{
    private protected override MailSystem System { get; } = PostfixSetup.System("an SQLite file");

    private protected override string SmtpSetup => PostfixSetup.Smtp;

    private protected override string Salt => Query("SELECT value FROM ost_config WHERE namespace = 'pipe' AND key = 'secret_salt'");

    private protected override Dictionary<string, string> Configure() => new() { ["adminEmail"] = "acct@lab.test" };

    // As the account: what root opens, belongs to root for a moment, and a delivery at that moment has to wait.
    private protected override string Query(string sql) => Lab.Root.Run(
        null, "setpriv", "--reuid", System.Account, "--clear-groups", "sqlite3", "-separator", "\t", "-cmd", ".timeout 5000",
        "file:/lab/desk/store/pipe.db?mode=rw", sql).Text.TrimEnd('\n');

    // The answer is on the ticket; neither the customer nor the administrator himself is told of it.
    private protected override void TheAgentAnswers()
    {
        int entries = (int)Count("thread_entry");
        var before = HandedOver();
        Send("acct@lab.test", Correspondence.Answer(Agent, Mailbox("acct")[0], "<note@lab.test>", "I take a bucket with me."));

        Assert.Equal(entries + 1, Count("thread_entry"));
        Assert.Equal(1, Count("ticket"));
        Assert.Equal(before, HandedOver());
    }
}
