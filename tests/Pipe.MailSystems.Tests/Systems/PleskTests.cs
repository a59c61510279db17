using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>What the recipe for Plesk does, with Debian's Postfix.</summary>
public sealed class PleskTests : MailSystemContract
{
    private protected override MailSystem System { get; } = new()
    {
        Name = "Plesk recipe (Postfix)",
        Tree = "postfix",
        Script = "postfix.sh",
        Recipe = "plesk",
        Account = "pipe",
        Caller = "postfix-pipe",
    };
}
