using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>Postfix pipe(8), a transport in master.cf.</summary>
public sealed class PostfixPipeTests : MailSystemContract
{
    internal static MailSystem Description { get; } = new()
    {
        Name = "Postfix pipe(8)",
        Tree = "postfix",
        Script = "postfix.sh",
        Recipe = "postfix-pipe",
        Account = "pipe",
        Caller = "postfix-pipe",
    };

    private protected override MailSystem System => Description;
}
