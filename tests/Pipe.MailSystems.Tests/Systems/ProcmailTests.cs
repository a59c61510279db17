using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>procmail, started by Postfix as the mailbox command.</summary>
public sealed class ProcmailTests : MailSystemContract
{
    internal static MailSystem Description { get; } = new()
    {
        Name = "procmail (Postfix)",
        Tree = "procmail",
        Script = "postfix.sh",
        Variant = "procmail",
        Recipe = "procmail",
        Account = "acct",
        Caller = "procmail",

        // By default what procmail hands over is kept in our spool when the store is down, for few recipes report a failure.
        // Ours does.
        Settings = new Dictionary<string, string> { ["spool"] = "off" },
    };

    private protected override MailSystem System => Description;
}
