using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>OpenSMTPD.</summary>
public sealed class OpenSmtpdTests : MailSystemContract
{
    private protected override MailSystem System { get; } = new()
    {
        Name = "OpenSMTPD",
        Tree = "opensmtpd",
        Script = "opensmtpd.sh",
        Recipe = "opensmtpd",
        Account = "pipe",
        Caller = "opensmtpd",
    };
}
