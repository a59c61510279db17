using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>cPanel's forwarder: Exim with return_output, and the three lines of shell in the account's home folder.</summary>
public sealed class CPanelTests : MailSystemContract
{
    internal static MailSystem Description { get; } = new()
    {
        Name = "cPanel forwarder (Exim)",
        Tree = "exim",
        Script = "exim.sh",
        Variant = "return_output",
        Recipe = "cpanel",
        Account = "acct",
        Caller = "exim",
    };

    private protected override MailSystem System => Description;
}
