namespace Pipe.Outgoing;

/// <summary>Where outgoing mail is kept and how it is handed over.</summary>
public sealed record OutboxOptions
{
    /// <summary>The folder for mails that are to be sent; it is made when it is first needed.</summary>
    public required string Folder { get; init; }

    /// <summary>The local mail system's program. <c>/usr/sbin/sendmail</c> by default.</summary>
    public string Sendmail { get; init; } = "/usr/sbin/sendmail";

    /// <summary>How long that program may take for one mail. 30 seconds by default.</summary>
    public TimeSpan SendmailTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The SMTP accounts for mail from a mailbox (<c>email.email_id</c>), in the order in which they are tried; the local mail system
    /// comes after them. <c>null</c> for the local mail system alone.
    /// </summary>
    public Func<int, IReadOnlyList<SmtpAccount>>? Accounts { get; init; }

    /// <summary>Whether the local mail system is tried when no SMTP account took the mail. True by default.</summary>
    public bool UsesSendmail { get; init; } = true;

    /// <summary>Whether mails are only kept, for <see cref="Outbox.SendDue"/> to send them some time.</summary>
    public bool KeepsOnly { get; init; }

    /// <summary>How many automatic answers one address gets within an hour. 20 by default; 0 for any number.</summary>
    public int AutorepliesPerHour { get; init; } = 20;

    /// <summary>How many notices one address gets within an hour. 1000 by default; 0 for any number.</summary>
    public int NoticesPerHour { get; init; } = 1000;

    /// <summary>How old a mail may be and still be tried again. 5 days by default, as mail systems have it.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(5);

    /// <summary>How long the first retry waits; each further one waits twice as long. 2 minutes by default.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest time between two tries. 12 hours by default.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// How long a database server may be at a commit whose client has died. Mails of an entry that is not there are forgotten only after
    /// that. 10 minutes by default; zero for a store without a server.
    /// </summary>
    public TimeSpan CommitLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Is told what became of each mail, for the log; <c>null</c> for nobody.</summary>
    public Action<HandOver>? OnHandOver { get; init; }

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
