using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.RoundTrips;

public sealed class PostfixOsTicketTests : OsTicketRoundTrip
{
    private protected override MailSystem System { get; } = PostfixSetup.System("osTicket");

    private protected override string SmtpSetup => PostfixSetup.Smtp;
}
