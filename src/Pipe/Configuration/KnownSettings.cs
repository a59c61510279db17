namespace Pipe.Configuration;

/// <summary>The table of everything that can be configured.</summary>
internal static class KnownSettings
{
    /// <summary>The longest time a delivery may take, in seconds: OpenSMTPD and maildrop kill after 300.</summary>
    public const int MaxDeadlineSeconds = 280;

    public static readonly Setting Store = new("store", SettingKind.Path, "",
        "The SQLite file that tickets are written to; it is created by the first mail. By default pipe.db in the data folder of the invoking user, else of the system.")
    { Example = "/var/lib/pipe/pipe.db", IsDestination = true };

    public static readonly Setting OsTicket = new("osticket", SettingKind.Path, "",
        "The folder of an osTicket installation whose database tickets are written to, or its ost-config.php.")
    { Example = "/var/www/osticket", IsDestination = true };

    public static readonly Setting Url = new("url", SettingKind.Url, "",
        "The address of a help desk's API that mail is posted to, such as https://desk.example.test/api/tickets.email.")
    { Example = "https://desk.example.test/api/tickets.email", IsDestination = true };

    public static readonly Setting KeyFile = new("keyFile", SettingKind.Path, "",
        "The file that holds the API key.")
    { Example = "/etc/pipe/key.txt" };

    public static readonly Setting Key = new("key", SettingKind.Text, "",
        "The API key itself. Not an option, for everybody on the machine may read command lines.")
    { Example = "0123456789ABCDEF0123456789ABCDEF", IsSecret = true };

    public static readonly Setting CaFile = new("caFile", SettingKind.Path, "",
        "A file of certificates (PEM) that vouch for the API's server, instead of the system's.")
    { Example = "/etc/pipe/ca.pem" };

    public static readonly Setting ConnectTimeout = new("connectTimeout", SettingKind.Seconds, "10",
        "How long connecting to the API may take.")
    { Minimum = 1, Maximum = MaxDeadlineSeconds };

    public static readonly Setting RequestTimeout = new("requestTimeout", SettingKind.Seconds, "100",
        "How long the API may take from the first byte sent to the last one received; it sends its own mail meanwhile.")
    { Minimum = 1, Maximum = MaxDeadlineSeconds };

    public static readonly Setting Deadline = new("deadline", SettingKind.Seconds, "120",
        "How long a delivery may take in all before the mail system is told to try again.")
    { Minimum = 1, Maximum = MaxDeadlineSeconds };

    public static readonly Setting LockTimeout = new("lockTimeout", SettingKind.Seconds, "30",
        "How long to wait for others who write to the ticket store.")
    { Minimum = 0, Maximum = MaxDeadlineSeconds };

    public static readonly Setting MaxMessageSize = new("maxMessageSize", SettingKind.Size, "64M",
        "The size above which a message counts as oversized.")
    { Minimum = 1024 };

    public static readonly Setting Oversized = new("oversized", SettingKind.Choice, "cut",
        "What becomes of an oversized message: its beginning is delivered and the whole kept in the quarantine folder (cut), it is only kept there (quarantine), or the mail system keeps it (defer).")
    { Choices = ["cut", "quarantine", "defer"] };

    public static readonly Setting Quarantine = new("quarantine", SettingKind.Path, "",
        "The folder for messages that a person has to look at. By default quarantine in the data folder.")
    { Example = "/var/lib/pipe/quarantine" };

    public static readonly Setting Spool = new("spool", SettingKind.Choice, "auto",
        "Whether mail that cannot be delivered now waits in a folder of ours, so that the caller need not try again: never (off), always (on), or for callers that cannot, such as procmail, and for mail that fails for its own sake (auto).")
    { Choices = ["off", "on", "auto"] };

    public static readonly Setting SpoolFolder = new("spoolFolder", SettingKind.Path, "",
        "The folder of the mail that waits. By default spool in the data folder.")
    { Example = "/var/lib/pipe/spool" };

    public static readonly Setting Answer = new("answer", SettingKind.Choice, "after-store",
        "When a mail that may wait in the spool is answered for: once the help desk has it, or the spool because the help desk cannot (after-store); once the spool has it, before its delivery begins (after-spool); the latter for callers that cannot try again, the former for others (auto).")
    { Choices = ["after-store", "after-spool", "auto"] };

    public static readonly Setting SpoolFailures = new("spoolFailures", SettingKind.Number, "5",
        "How often a mail in the spool may fail for its own sake before it goes to the quarantine folder.")
    { Minimum = 1, Maximum = 1000 };

    public static readonly Setting SpoolBatch = new("spoolBatch", SettingKind.Number, "4",
        "How many waiting mails a delivery takes along after its own; 0 leaves them to pipe spool retry.")
    { Maximum = 1000 };

    public static readonly Setting TemporaryFolder = new("temporaryFolder", SettingKind.Path, "",
        "The folder for large messages while they are delivered. By default the system's.")
    { Example = "/var/tmp" };

    public static readonly Setting Denied = new("denied", SettingKind.Choice, "discard",
        "What becomes of mail that the help desk denies (ban list, filter): it is logged and forgotten (discard), or goes back to its sender (reject, exit code 77).")
    { Choices = ["discard", "reject"] };

    public static readonly Setting ExitCodes = new("exitCodes", SettingKind.Choice, "default",
        "The exit codes: 0 and 75 as every mail system understands them (default), or those of pipe.php and automail (postfix).")
    { Choices = ["default", "postfix"] };

    public static readonly Setting SystemEmail = new("systemEmail", SettingKind.Text, "",
        "The help desk's own address, such as Support <support@example.test>, for an SQLite file that is created.")
    { Example = "Support <support@example.test>" };

    public static readonly Setting Department = new("department", SettingKind.Text, "Support",
        "The name of the first department, for an SQLite file that is created.");

    public static readonly Setting Notify = new("notify", SettingKind.Choice, "on",
        "Whether the mails that a ticket causes are sent: confirmations to customers, alerts to agents (on); not at all (off); or kept for pipe spool retry (spool). An SQLite file sends only with systemEmail set.")
    { Choices = ["on", "off", "spool"] };

    public static readonly Setting NotifyExcept = new("notifyExcept", SettingKind.Choices, "",
        "Kinds of mail that are never sent.")
    {
        Example = "LimitNotice, LimitReport",
        Choices = ["FilterMail", "AssignmentAlert", "ActivityAlert", "CannedReply", "TicketAutoresponse", "TicketAlert", "LimitWarning", "LimitNotice",
            "LimitReport", "MessageConfirmation", "MessageAlert"],
    };

    public static readonly Setting AdminEmail = new("adminEmail", SettingKind.Text, "",
        "The address that hears of new tickets and messages in an SQLite file; osTicket has its own.")
    { Example = "ada@example.test" };

    public static readonly Setting Outbox = new("outbox", SettingKind.Path, "",
        "The folder for mails that are to be sent. By default outbox in the data folder.")
    { Example = "/var/lib/pipe/outbox" };

    public static readonly Setting Sendmail = new("sendmail", SettingKind.Path, "/usr/sbin/sendmail",
        "The program that mails are handed to, where no SMTP account takes them.");

    public static readonly Setting SmtpHost = new("smtpHost", SettingKind.Text, "",
        "The SMTP server that mails are sent through, instead of the accounts of osTicket's mailboxes.")
    { Example = "smtp.example.test" };

    public static readonly Setting SmtpPort = new("smtpPort", SettingKind.Number, "587",
        "Its port.")
    { Minimum = 1, Maximum = 65535 };

    public static readonly Setting SmtpSecurity = new("smtpSecurity", SettingKind.Choice, "auto",
        "How the connection to it is protected: TLS on port 465 and STARTTLS where it is offered (auto), always STARTTLS or TLS, or not at all (none). A password is never sent without TLS unless none is chosen.")
    { Choices = ["auto", "starttls", "tls", "none"] };

    public static readonly Setting SmtpUser = new("smtpUser", SettingKind.Text, "",
        "The user name there; without one nobody logs in.")
    { Example = "support@example.test" };

    public static readonly Setting SmtpPasswordFile = new("smtpPasswordFile", SettingKind.Path, "",
        "The file that holds the password.")
    { Example = "/etc/pipe/smtp-password.txt" };

    public static readonly Setting SmtpPassword = new("smtpPassword", SettingKind.Text, "",
        "The password itself. Not an option, for everybody on the machine may read command lines.")
    { Example = "a long secret", IsSecret = true };

    public static readonly Setting SmtpTokenFile = new("smtpTokenFile", SettingKind.Path, "",
        "The file that holds an OAuth 2.0 access token to log in with instead of a password (XOAUTH2); something else keeps it fresh.")
    { Example = "/etc/pipe/smtp-token.txt" };

    public static readonly Setting SmtpCaFile = new("smtpCaFile", SettingKind.Path, "",
        "A file of certificates (PEM) that vouch for the SMTP server, instead of the system's.")
    { Example = "/etc/pipe/ca.pem" };

    public static readonly Setting AutorepliesPerHour = new("autorepliesPerHour", SettingKind.Number, "20",
        "How many automatic answers one address gets within an hour, so that two programs do not answer each other for ever; 0 for any number.")
    { Minimum = 0, Maximum = 100_000 };

    public static readonly Setting NoticesPerHour = new("noticesPerHour", SettingKind.Number, "1000",
        "How many alerts one address gets within an hour; 0 for any number.")
    { Minimum = 0, Maximum = 100_000 };

    public static readonly Setting Log = new("log", SettingKind.Choice, "auto",
        "Where the log goes: the system's log where there is one, else a file (auto), always the one (syslog) or the other (file), or nowhere (none).")
    { Choices = ["auto", "syslog", "file", "none"] };

    public static readonly Setting LogFile = new("logFile", SettingKind.Path, "",
        "The log file. By default pipe.log in the data folder. Where it is set and log is auto, it is used instead of the system's log.")
    { Example = "/var/log/pipe.log" };

    public static readonly Setting LogFormat = new("logFormat", SettingKind.Choice, "text",
        "The form of a log line.")
    { Choices = ["text", "json"] };

    public static readonly Setting LogLevel = new("logLevel", SettingKind.Choice, "information",
        "The least important lines that are logged.")
    { Choices = ["debug", "information", "warning", "error"] };

    public static readonly Setting LogMaxSize = new("logMaxSize", SettingKind.Size, "10M",
        "The size above which the log file is set aside and a new one begun; 0 for never.");

    public static readonly Setting LogKeep = new("logKeep", SettingKind.Number, "10",
        "How many log files that were set aside are kept.")
    { Minimum = 0, Maximum = 1000 };

    public static readonly Setting SyslogSocket = new("syslogSocket", SettingKind.Path, "/dev/log",
        "The socket of the system's log.");

    public static readonly Setting Verbose = new("verbose", SettingKind.Flag, "false",
        "Whether a delivery tells on standard error what it does. For people: to Exim any output is a reason to return the mail.");

    /// <summary>All of them, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        Store, OsTicket, Url, KeyFile, Key, CaFile, ConnectTimeout, RequestTimeout, Deadline, LockTimeout,
        MaxMessageSize, Oversized, Quarantine,
        Spool, SpoolFolder, Answer, SpoolFailures, SpoolBatch, TemporaryFolder, Denied, ExitCodes, SystemEmail, Department,
        Notify, NotifyExcept, AdminEmail, Outbox, Sendmail, SmtpHost, SmtpPort, SmtpSecurity, SmtpUser, SmtpPasswordFile, SmtpPassword,
        SmtpTokenFile, SmtpCaFile, AutorepliesPerHour, NoticesPerHour,
        Log, LogFile, LogFormat, LogLevel, LogMaxSize, LogKeep, SyslogSocket, Verbose,
    ];

    /// <summary>The setting that has this key in the file, or <c>null</c>. Keys are case-sensitive.</summary>
    public static Setting? ByKey(string key) => Find(key, static setting => setting.Key);

    /// <summary>The setting that has this command-line option, or <c>null</c>.</summary>
    public static Setting? ByOption(string option) => Find(option, static setting => setting.IsSecret ? null : setting.Option);

    private static Setting? Find(string name, Func<Setting, string?> nameOf)
    {
        foreach (var setting in All)
        {
            if (nameOf(setting) == name)
                return setting;
        }

        return null;
    }
}
