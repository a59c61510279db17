using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>Postfix local(8), an alias file of its own: the command runs as the owner of the file.</summary>
public sealed class PostfixOwnAliasFileTests : MailSystemContract
{
    private protected override MailSystem System { get; } = new()
    {
        Name = "Postfix alias, own file",
        Tree = "postfix",
        Script = "postfix.sh",
        Recipe = "postfix",
        Account = "pipe",
        Caller = "postfix-local",
    };
}
