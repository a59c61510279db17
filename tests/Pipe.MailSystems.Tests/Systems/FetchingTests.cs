using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>Programs that fetch mail from a provider: a message stays there until there is a ticket.</summary>
public sealed class FetchingTests
{
    private static readonly MailSystem Fetchmail = new()
    {
        Name = "fetchmail",
        Tree = "fetchmail",
        Script = "",
        Recipe = "fetchmail",
        Account = "acct",
        Caller = "unknown",
    };

    private static readonly MailSystem Getmail = Fetchmail with { Name = "getmail", Tree = "getmail", Recipe = "getmail" };

    [Fact]
    public void Fetchmail_leaves_a_message_at_the_provider_until_there_is_a_ticket() => Run(
        Fetchmail,
        // The recipe speaks IMAP and TLS; what is tried here is what it does with a message.
        recipe => recipe.Replace("protocol IMAP", $"protocol POP3 port {PopMailbox.Port}", StringComparison.Ordinal).Replace(" ssl", " sslproto \"\"", StringComparison.Ordinal),
        "fetchmail --nosyslog --nodetach");

    [Fact]
    public void Getmail_leaves_a_message_at_the_provider_until_there_is_a_ticket() => Run(
        Getmail,
        recipe => recipe.Replace("SimpleIMAPSSLRetriever", "SimplePOP3Retriever", StringComparison.Ordinal).Replace("[destination]", $"port = {PopMailbox.Port}\n\n[destination]", StringComparison.Ordinal),
        "/usr/bin/python3 /usr/bin/getmail --getmaildir=/home/acct/.config/getmail --rcfile=getmailrc");

    private static void Run(MailSystem system, Func<string, string> adapt, string command)
    {
        if (LabPackages.WhyNot(system.Tree) is { } reason)
            Assert.Skip(reason);
        using var root = LabRoot.Start(system.Tree);
        using var mailbox = new PopMailbox(root);
        var desk = new HelpDesk(root, system);
        string recipe = root.Shell($"HOME=~{system.Account} /opt/pipe/pipe setup {system.Recipe} {HelpDesk.Address}").Text;
        _ = RecipeScript.Apply(root, adapt(recipe), system.Account);
        ShellResult Fetch() => root.Shell($"cd ~acct && setpriv --reuid acct --regid acct --clear-groups env -i HOME=/home/acct USER=acct PATH=/usr/bin:/bin {command}");

        ResultTable.Record(system.Name, "delivered", () =>
        {
            var mail = TestMail.Create("delivered");
            mailbox.Add(mail.Bytes);
            var result = Fetch();
            Assert.True(mailbox.Count == 0, result.Output + result.Errors);
            Assert.Equal(1, desk.Tickets(mail.Subject));
            return "ok";
        });

        ResultTable.Record(system.Name, "envelope", () =>
        {
            Assert.Equal(HelpDesk.Address, desk.Outcomes()[^1].GetProperty("recipient").GetString());
            Assert.Equal("customer@lab.test", desk.Outcomes()[^1].GetProperty("sender").GetString());
            return "ok";
        });

        ResultTable.Record(system.Name, "store down", () =>
        {
            var mail = TestMail.Create("store down");
            mailbox.Add(mail.Bytes);
            desk.Store.TakeDown();
            _ = Fetch();
            Assert.Equal(75, desk.Outcomes()[^1].GetProperty("exit").GetInt32());
            Assert.Equal(1, mailbox.Count);

            desk.Store.BringBack();
            var result = Fetch();
            Assert.True(mailbox.Count == 0, result.Output + result.Errors);
            Assert.Equal(1, desk.Tickets(mail.Subject));
            return "ok";
        });
    }
}
