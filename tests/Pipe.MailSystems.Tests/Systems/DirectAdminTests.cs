using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>DirectAdmin's forwarder: the same with another form of the entry.</summary>
public sealed class DirectAdminTests : MailSystemContract
{
    private protected override MailSystem System { get; } = new()
    {
        Name = "DirectAdmin forwarder (Exim)",
        Tree = "exim",
        Script = "exim.sh",
        Variant = "return_output",
        Recipe = "directadmin",
        Account = "acct",
        Caller = "exim",
    };
}
