using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>sendmail with smrsh.</summary>
public sealed class SendmailTests : MailSystemContract
{
    internal static MailSystem Description { get; } = new()
    {
        Name = "sendmail, smrsh",
        Tree = "sendmail",
        Script = "sendmail.sh",
        Recipe = "sendmail",
        Account = "pipe",
        Caller = "sendmail",
        TellsRecipient = false,
        ReturnsItself = ["encoded words"],
    };

    private protected override MailSystem System => Description;
}
