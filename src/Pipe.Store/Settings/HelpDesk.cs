using System.Data.Common;

namespace Pipe.Store.Settings;

/// <summary>All that is known of the installation, read with one command.</summary>
internal sealed record HelpDesk(HelpDeskSettings Settings, HelpDeskCatalog Catalog)
{
    private const string LoadSql = HelpDeskSettings.LoadSql + ";" + HelpDeskCatalog.LoadSql;

    /// <summary>Reads it. The columns of a schema of another version are looked at first, before anything is written.</summary>
    /// <exception cref="StoreException">The database lacks something that is needed.</exception>
    public static HelpDesk Load(StoreSession session)
    {
        HelpDesk helpDesk;
        try
        {
            helpDesk = Read(session);
        }
        catch (DbException e) when (session.Dialect.IsMissingObject(e))
        {
            StoreSchema.Examine(session, "");
            throw;
        }

        string signature = helpDesk.Settings.Text("schema_signature");
        if (!StoreSchema.IsKnown(signature))
            StoreSchema.Examine(session, signature);
        return helpDesk;
    }

    private static HelpDesk Read(StoreSession session)
    {
        using var rows = session.Query(LoadSql);
        var settings = HelpDeskSettings.Read(rows, session.Options);
        rows.NextTable();
        return new HelpDesk(settings, HelpDeskCatalog.Read(rows));
    }
}
