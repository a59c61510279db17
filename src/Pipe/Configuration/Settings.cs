using System.Globalization;
using Pipe.Tickets.Notifications;

namespace Pipe.Configuration;

/// <summary>The settings in force for this invocation.</summary>
internal sealed class Settings(IReadOnlyList<SettingValue> values, IReadOnlyList<string> errors)
{
    /// <summary>What is wrong with the configuration, one sentence each. While there is anything, no mail is delivered.</summary>
    public IReadOnlyList<string> Errors => errors;

    public string? Store => TextOf(KnownSettings.Store);

    public string? OsTicket => TextOf(KnownSettings.OsTicket);

    public Uri? Url => TextOf(KnownSettings.Url) is { } url ? new Uri(url) : null;

    public string? KeyFile => TextOf(KnownSettings.KeyFile);

    public string? Key => TextOf(KnownSettings.Key);

    public string? CaFile => TextOf(KnownSettings.CaFile);

    public TimeSpan ConnectTimeout => SecondsOf(KnownSettings.ConnectTimeout);

    public TimeSpan RequestTimeout => SecondsOf(KnownSettings.RequestTimeout);

    public TimeSpan Deadline => SecondsOf(KnownSettings.Deadline);

    public TimeSpan LockTimeout => SecondsOf(KnownSettings.LockTimeout);

    public long MaxMessageSize => NumberOf(KnownSettings.MaxMessageSize);

    public string Oversized => TextOf(KnownSettings.Oversized) ?? "";

    public string? Quarantine => TextOf(KnownSettings.Quarantine);

    public string Spool => TextOf(KnownSettings.Spool) ?? "";

    public string? SpoolFolder => TextOf(KnownSettings.SpoolFolder);

    public string Answer => TextOf(KnownSettings.Answer) ?? "";

    public int SpoolFailures => (int)NumberOf(KnownSettings.SpoolFailures);

    public int SpoolBatch => (int)NumberOf(KnownSettings.SpoolBatch);

    public string? TemporaryFolder => TextOf(KnownSettings.TemporaryFolder);

    public bool RejectsDenied => TextOf(KnownSettings.Denied) == "reject";

    public bool UsesPostfixExitCodes => TextOf(KnownSettings.ExitCodes) == "postfix";

    public string? SystemEmail => TextOf(KnownSettings.SystemEmail);

    public string? Department => TextOf(KnownSettings.Department);

    public string Notify => TextOf(KnownSettings.Notify) ?? "";

    /// <summary>The kinds of mail that are never sent.</summary>
    public IReadOnlySet<NotificationKind> NotifyExcept => KindsOf(TextOf(KnownSettings.NotifyExcept) ?? "");

    public string? AdminEmail => TextOf(KnownSettings.AdminEmail);

    public string? Outbox => TextOf(KnownSettings.Outbox);

    public string Sendmail => TextOf(KnownSettings.Sendmail) ?? "";

    public string? SmtpHost => TextOf(KnownSettings.SmtpHost);

    public int SmtpPort => (int)NumberOf(KnownSettings.SmtpPort);

    public string SmtpSecurity => TextOf(KnownSettings.SmtpSecurity) ?? "";

    public string? SmtpUser => TextOf(KnownSettings.SmtpUser);

    public string? SmtpPasswordFile => TextOf(KnownSettings.SmtpPasswordFile);

    public string? SmtpPassword => TextOf(KnownSettings.SmtpPassword);

    public string? SmtpTokenFile => TextOf(KnownSettings.SmtpTokenFile);

    public string? SmtpCaFile => TextOf(KnownSettings.SmtpCaFile);

    public int AutorepliesPerHour => (int)NumberOf(KnownSettings.AutorepliesPerHour);

    public int NoticesPerHour => (int)NumberOf(KnownSettings.NoticesPerHour);

    public string Log => TextOf(KnownSettings.Log) ?? "";

    public string? LogFile => TextOf(KnownSettings.LogFile);

    public bool LogsJson => TextOf(KnownSettings.LogFormat) == "json";

    public string LogLevel => TextOf(KnownSettings.LogLevel) ?? "";

    public long LogMaxSize => NumberOf(KnownSettings.LogMaxSize);

    public int LogKeep => (int)NumberOf(KnownSettings.LogKeep);

    public string SyslogSocket => TextOf(KnownSettings.SyslogSocket) ?? "";

    public bool Verbose => TextOf(KnownSettings.Verbose) == "true";

    /// <summary>The value of a setting and who gave it.</summary>
    public SettingValue this[Setting setting]
    {
        get
        {
            for (int i = 0; i < KnownSettings.All.Count; i++)
            {
                if (ReferenceEquals(KnownSettings.All[i], setting))
                    return values[i];
            }

            throw new ArgumentException(setting.Key, nameof(setting));
        }
    }

    private static HashSet<NotificationKind> KindsOf(string names)
    {
        var kinds = new HashSet<NotificationKind>();
        foreach (string name in names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            kinds.Add(Enum.Parse<NotificationKind>(name));
        return kinds;
    }

    private string? TextOf(Setting setting) => this[setting].Text is { Length: > 0 } text ? text : null;

    private long NumberOf(Setting setting) => long.Parse(this[setting].Text, NumberStyles.None, CultureInfo.InvariantCulture);

    private TimeSpan SecondsOf(Setting setting) => TimeSpan.FromSeconds(NumberOf(setting));
}
