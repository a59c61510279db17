using Pipe.Configuration;
using Pipe.Store;
using Pipe.Tickets.Notifications;

namespace Pipe.Notifications;

/// <summary>What our settings say on the mails that tickets cause, the same for a delivery and for those who only ask.</summary>
internal static class NotificationSetup
{
    /// <summary>Why no mail is sent at all, or <c>null</c> when it is.</summary>
    public static string? WhyNone(Settings settings)
    {
        if (settings.Url is not null)
            return "the help desk that the message is posted to sends its own";
        if (settings.Notify == "off")
            return "notify is off";
        return settings.OsTicket is null && settings.SystemEmail is null ? "an SQLite file sends mail only with systemEmail set" : null;
    }

    /// <summary>The options for osTicket's store, which has settings of its own.</summary>
    /// <param name="settings">Our settings.</param>
    /// <param name="administrator">The administrator whom the installation's configuration names.</param>
    public static NotificationOptions ForOsTicket(Settings settings, string administrator) =>
        new() { SwitchedOff = settings.NotifyExcept, Administrator = administrator };

    /// <summary>The options for an embedded store.</summary>
    /// <param name="settings">Our settings.</param>
    /// <param name="store">The store's options.</param>
    public static NotificationOptions ForEmbedded(Settings settings, StoreOptions store) => new()
    {
        SwitchedOff = settings.NotifyExcept,
        DefaultSettings = NotificationOptions.EmbeddedSettings(settings.AdminEmail ?? ""),
        Sender = store.SystemEmail,
    };
}
