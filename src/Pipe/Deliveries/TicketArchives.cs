using Pipe.Configuration;
using Pipe.Store;

namespace Pipe.Deliveries;

/// <summary>Opens the ticket store that the settings name for reading.</summary>
internal static class TicketArchives
{
    /// <exception cref="StoreException">The settings name none that can be read here.</exception>
    public static TicketArchive Open(Settings settings, SettingsSources sources)
    {
        if (settings.Url is { } url)
            throw new StoreException($"mail goes to {url.GetLeftPart(UriPartial.Path)}; its tickets are on its web pages");
        if (settings.OsTicket is { } installation)
        {
            var database = OsTicketDatabase.Load(installation, settings);
            return new TicketArchive(database.Connect, StoreDialect.MySql, database.Options);
        }

        if (EmbeddedStore.Locate(settings, sources) is not { } path)
            throw new StoreException("no folder for the ticket store can be written; set store");
        return TicketArchive.OpenSqlite(path, EmbeddedStore.Options(settings));
    }
}
