using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>Exim with the router and transport of our recipe; a kill freezes the mail, and a forced queue run thaws it.</summary>
public sealed class EximTransportTests : MailSystemContract
{
    private protected override MailSystem System { get; } = new()
    {
        Name = "Exim own transport",
        Tree = "exim",
        Script = "exim.sh",
        Variant = "return_output",
        Recipe = "exim-transport",
        Account = "pipe",
        Caller = "exim",
    };
}
