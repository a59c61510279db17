using System.Data.Common;
using System.Globalization;
using Pipe.Configuration;
using Pipe.Logging;
using Pipe.Outgoing;
using Pipe.Store;
using Pipe.Store.Notifications;
using Pipe.Tickets.Notifications;
using Serilog.Events;

namespace Pipe.Notifications;

/// <summary>The mails that deliveries cause: keeps them with the ticket, and sends them once the mail system has its answer.</summary>
/// <remarks>Nothing that goes wrong here has any effect on the delivery; the log tells.</remarks>
internal sealed class OutgoingDesk : IDisposable
{
    private const int MaxWaitingPerRun = 5;

    private readonly Settings _settings;
    private readonly DeliveryLog _log;
    private readonly Outbox _outbox;
    private readonly SendingAccounts _accounts;
    private EntryLookup? _entries;

    private OutgoingDesk(Settings settings, DeliveryLog log, string folder)
    {
        _settings = settings;
        _log = log;
        _accounts = new SendingAccounts(settings, sentence => log.Error(sentence));
        _outbox = new Outbox(new OutboxOptions
        {
            Folder = folder,
            Sendmail = settings.Sendmail,
            Accounts = _accounts.For,
            KeepsOnly = settings.Notify == "spool",
            AutorepliesPerHour = settings.AutorepliesPerHour,
            NoticesPerHour = settings.NoticesPerHour,
            CommitLimit = settings.OsTicket is null ? TimeSpan.Zero : TimeSpan.FromMinutes(10),
            OnHandOver = Log,
        });
    }

    /// <summary>The desk, or <c>null</c> where no mail is to be sent.</summary>
    public static OutgoingDesk? Open(Settings settings, SettingsSources sources, DeliveryLog log)
    {
        if (settings.Notify == "off" || settings.Url is not null)
            return null;
        if ((settings.Outbox ?? DataFolder.Locate("outbox", sources.Environment)) is { } folder)
            return new OutgoingDesk(settings, log, folder);

        if (NotificationSetup.WhyNone(settings) is null)
            log.Error("no mail is sent, for no folder for the outbox can be written; set outbox");
        return null;
    }

    /// <summary>The options of osTicket's store, so that it keeps the mails that it causes.</summary>
    /// <param name="connect">Leads to its database.</param>
    /// <param name="options">What there is to know of it.</param>
    /// <param name="administrator">The administrator whom its configuration names.</param>
    public StoreOptions ForOsTicket(Func<DbConnection> connect, StoreOptions options, string administrator)
    {
        _entries = new EntryLookup(connect, StoreDialect.MySql, options);
        return _accounts.AddTo(options, connect) with { Notifications = Complete(NotificationSetup.ForOsTicket(_settings, administrator)) };
    }

    /// <summary>The options of an embedded store. It sends mail only if the settings say from which address.</summary>
    public StoreOptions ForEmbedded(string path, StoreOptions options)
    {
        _entries = EntryLookup.OpenSqlite(path, options);
        return NotificationSetup.WhyNone(_settings) is not null
            ? options
            : options with { Notifications = Complete(NotificationSetup.ForEmbedded(_settings, options)) };
    }

    /// <summary>Sends what the deliveries of this process have caused.</summary>
    public void SendReleased() => Attempt(_outbox.SendReleased);

    /// <summary>Sends a few mails that earlier runs could not.</summary>
    public void SendWaiting() => SendWaiting(MaxWaitingPerRun);

    /// <summary>Sends mails that earlier runs could not.</summary>
    /// <param name="limit">The most messages whose mails are tried.</param>
    public void SendWaiting(int limit) => Attempt(() =>
    {
        if (_entries is { } entries && _outbox.HasStaged)
            _outbox.Recover(entries.IsCommitted);
        if (_settings.Notify != "spool" || limit > MaxWaitingPerRun)
            _outbox.SendDue(limit);
    });

    /// <inheritdoc/>
    public void Dispose() => _outbox.Dispose();

    private NotificationOptions Complete(NotificationOptions options) => options with { Outbox = _outbox, OnDecision = Log };

    private void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException)
        {
            _log.Error("outgoing mail waits in the outbox: " + e.Message);
        }
    }

    private void Log(HandOver mail) => _log.Write(
        mail.Outcome == HandOverOutcome.Sent ? LogEventLevel.Information : LogEventLevel.Warning,
        "mail",
        [
            DeliveryLog.Property("outcome", Word(mail.Outcome)),
            DeliveryLog.Property("kind", mail.Kind),
            DeliveryLog.Property("to", mail.Recipient),
            DeliveryLog.Property("message_id", string.Create(CultureInfo.InvariantCulture, $"<{mail.MessageId}>")),
            DeliveryLog.Property("detail", mail.Detail),
        ]);

    private void Log(NotificationDecision decision) => _log.Write(
        LogEventLevel.Debug,
        decision.IsSent ? "mail is due" : "no mail",
        [
            DeliveryLog.Property("kind", decision.Kind.ToString()),
            DeliveryLog.Property("to", decision.Recipient),
            DeliveryLog.Property("reason", decision.Reason),
        ]);

    private static string Word(HandOverOutcome outcome) => outcome switch
    {
        HandOverOutcome.Sent => "sent",
        HandOverOutcome.Failed => "failed",
        HandOverOutcome.GivenUp => "given-up",
        HandOverOutcome.Uncertain => "uncertain",
        _ => "suppressed",
    };
}
