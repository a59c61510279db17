using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>maildrop, started by Postfix as the mailbox command.</summary>
public sealed class MaildropTests : MailSystemContract
{
    internal static MailSystem Description { get; } = new()
    {
        Name = "maildrop (Postfix)",
        Tree = "maildrop",
        Script = "postfix.sh",
        Variant = "maildrop",
        Recipe = "maildrop",
        Account = "acct",
        Caller = "maildrop",
    };

    private protected override MailSystem System => Description;
}
