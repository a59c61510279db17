using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>Exim with neither of the output options.</summary>
public sealed class EximNoOutputOptionTests : MailSystemContract
{
    private protected override MailSystem System { get; } = new()
    {
        Name = "Exim alias, no output option",
        Tree = "exim",
        Script = "exim.sh",
        Recipe = "exim",
        Account = "acct",
        Caller = "exim",
    };
}
