using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>Postfix local(8), /etc/aliases: the command runs as nobody.</summary>
public sealed class PostfixAliasTests : MailSystemContract
{
    internal static MailSystem Description { get; } = new()
    {
        Name = "Postfix alias, nobody",
        Tree = "postfix",
        Script = "postfix.sh",
        Recipe = "postfix-alias",
        Account = "nobody",
        Caller = "postfix-local",
    };

    private protected override MailSystem System => Description;
}
