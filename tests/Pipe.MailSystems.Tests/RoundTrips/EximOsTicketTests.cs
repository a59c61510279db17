using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.RoundTrips;

/// <summary>Exim lets local programs name the envelope sender only if its configuration says so; Debian's and cPanel's do.</summary>
public sealed class EximOsTicketTests : OsTicketRoundTrip
{
    private protected override MailSystem System { get; } = new()
    {
        Name = "Exim, mails of osTicket",
        Tree = "exim",
        Script = "exim.sh",
        Variant = "return_output",
        Recipe = "exim-transport",
        Account = "pipe",
        Caller = "exim",
    };

    private protected override string SmtpSetup => """
        set -e
        sed -i '1i acl_smtp_rcpt = accept\nacl_smtp_data = accept\nuntrusted_set_sender = *\nlocal_from_check = false\nlocal_sender_retain = true' /etc/exim4/exim4.conf
        printf 'mia: acct\ncarl: acct\n' >> /etc/aliases
        exim4 -bd
        for i in $(seq 100); do (exec 3<>/dev/tcp/127.0.0.1/25) 2>/dev/null && exit; sleep 0.1; done
        exit 1
        """;
}
