using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.RoundTrips;

/// <summary>The mailbox of the help desk has an SMTP account, and Postfix is the server.</summary>
public sealed class PostfixSmtpAccountTests : OsTicketRoundTrip
{
    private protected override MailSystem System { get; } = PostfixSetup.System("osTicket by SMTP");

    private protected override string SmtpSetup => PostfixSetup.Smtp + "\nmv /usr/sbin/sendmail /usr/sbin/sendmail.away";

    private protected override string Account => "(3, 1, 'smtp', 'none', NULL, 1, 'mx.lab.test', 25, 0)";
}
