using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>Exim that returns the output of failures.</summary>
public sealed class EximReturnFailOutputTests : MailSystemContract
{
    private protected override MailSystem System { get; } = new()
    {
        Name = "Exim alias, return_fail_output",
        Tree = "exim",
        Script = "exim.sh",
        Variant = "return_fail_output",
        Recipe = "exim",
        Account = "acct",
        Caller = "exim",
    };
}
