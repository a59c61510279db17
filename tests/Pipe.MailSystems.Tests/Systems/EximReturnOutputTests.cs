using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>Exim as it is by default, with cPanel and with DirectAdmin: any output returns the mail.</summary>
public sealed class EximReturnOutputTests : MailSystemContract
{
    private protected override MailSystem System { get; } = new()
    {
        Name = "Exim alias, return_output",
        Tree = "exim",
        Script = "exim.sh",
        Variant = "return_output",
        Recipe = "exim",
        Account = "acct",
        Caller = "exim",
    };
}
