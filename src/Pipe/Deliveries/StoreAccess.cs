using Pipe.Configuration;
using Pipe.Notifications;
using Pipe.Store;
using Pipe.Store.Explanation;

namespace Pipe.Deliveries;

/// <summary>Opens the ticket store that the settings name, for those who ask questions about it.</summary>
internal static class StoreAccess
{
    /// <summary>What explains a message.</summary>
    /// <param name="settings">The settings in force.</param>
    /// <param name="sources">The machine.</param>
    /// <param name="accounts">Is given the help desk's SMTP accounts, where it has any.</param>
    /// <exception cref="StoreException">The settings name no store that can be used.</exception>
    public static IntakeExplainer Explainer(Settings settings, SettingsSources sources, SendingAccounts accounts)
    {
        bool sends = NotificationSetup.WhyNone(settings) is null;
        if (settings.OsTicket is not { } installation)
        {
            var embedded = EmbeddedStore.Options(settings);
            return IntakeExplainer.OpenSqlite(
                Path(settings, sources), sends ? embedded with { Notifications = NotificationSetup.ForEmbedded(settings, embedded) } : embedded);
        }

        var database = OsTicketDatabase.Load(installation, settings);
        var options = database.Options;
        if (sends)
            options = accounts.AddTo(options, database.Connect) with { Notifications = NotificationSetup.ForOsTicket(settings, database.AdminEmail) };
        return new IntakeExplainer(database.Connect, StoreDialect.MySql, options);
    }

    /// <summary>What examines the store; an SQLite file has to exist.</summary>
    /// <exception cref="StoreException">The settings name no store that can be used.</exception>
    public static StoreDoctor Doctor(Settings settings, SettingsSources sources)
    {
        if (settings.OsTicket is not { } installation)
            return StoreDoctor.OpenSqlite(Path(settings, sources), EmbeddedStore.Options(settings));
        var database = OsTicketDatabase.Load(installation, settings);
        return new StoreDoctor(database.Connect, StoreDialect.MySql, database.Options);
    }

    /// <summary>What finds messages; an SQLite file has to exist.</summary>
    /// <exception cref="StoreException">The settings name no store that can be used.</exception>
    public static MessageHistory History(Settings settings, SettingsSources sources)
    {
        if (settings.OsTicket is not { } installation)
            return MessageHistory.OpenSqlite(Path(settings, sources), EmbeddedStore.Options(settings));
        var database = OsTicketDatabase.Load(installation, settings);
        return new MessageHistory(database.Connect, StoreDialect.MySql, database.Options);
    }

    private static string Path(Settings settings, SettingsSources sources) => EmbeddedStore.Locate(settings, sources)
        ?? throw new StoreException("no folder for the ticket store can be written; set store") { Cause = DeferralCause.Configuration };
}
