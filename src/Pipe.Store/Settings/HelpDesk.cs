namespace Pipe.Store.Settings;

/// <summary>All that is known of the installation, read with one command.</summary>
internal sealed record HelpDesk(HelpDeskSettings Settings, HelpDeskCatalog Catalog)
{
    private const string LoadSql = HelpDeskSettings.LoadSql + ";" + HelpDeskCatalog.LoadSql;

    public static HelpDesk Load(StoreSession session)
    {
        using var rows = session.Query(LoadSql);
        var settings = HelpDeskSettings.Read(rows, session.Options);
        rows.NextTable();
        return new HelpDesk(settings, HelpDeskCatalog.Read(rows));
    }
}
