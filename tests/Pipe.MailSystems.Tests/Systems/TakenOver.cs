using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>A hosting account: Exim with return_output, and an osTicket whose <c>api/pipe.php</c> is taken over.</summary>
internal static class TakenOver
{
    public const string Script = HelpDesk.Installation + "/api/pipe.php";

    public static MailSystem Direct { get; } = new()
    {
        Name = "Exim, |api/pipe.php taken over",
        Tree = "hosting",
        Script = "exim.sh",
        Variant = "return_output",
        Forwarder = $"\"|{Script}\"",
        Account = "acct",
        Caller = "exim",
    };

    public static MailSystem ByPhp { get; } = Direct with
    {
        Name = "Exim, |php -q api/pipe.php taken over",
        Forwarder = $"\"|/usr/bin/php -q {Script}\"",
    };
}
