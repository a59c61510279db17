using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.RoundTrips;

/// <summary>Postfix with its SMTP server, and the help desk behind pipe(8).</summary>
internal static class PostfixSetup
{
    public const string Smtp = """
        set -e
        postconf -M 'smtp/inet=smtp inet n - n - - smtpd'
        printf 'mia: acct\ncarl: acct\n' >> /etc/aliases
        newaliases
        postfix reload
        for i in $(seq 100); do (exec 3<>/dev/tcp/127.0.0.1/25) 2>/dev/null && break; sleep 0.1; done
        """;

    public static MailSystem System(string store) => new()
    {
        Name = $"Postfix, mails of {store}",
        Tree = "postfix",
        Script = "postfix.sh",
        Recipe = "postfix-pipe",
        Account = "pipe",
        Caller = "postfix-pipe",
    };
}
