using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>The contract of qmail's commands, by a driver written after its manual.</summary>
public sealed class QmailTests : MailSystemContract
{
    private protected override MailSystem System { get; } = new()
    {
        Name = "qmail contract",
        Tree = null,
        Script = "qmail.sh",
        Recipe = "qmail",
        Account = "alias",
        Caller = "qmail",
        Delimiter = '-',
    };
}
