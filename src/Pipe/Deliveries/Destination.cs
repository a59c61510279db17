using Pipe.Configuration;
using Pipe.Notifications;
using Pipe.Remote;
using Pipe.Store;

namespace Pipe.Deliveries;

/// <summary>Where the settings send mail: a ticket store or a remote help desk. The only place that decides it.</summary>
internal sealed class Destination : IDisposable
{
    private readonly IDisposable? _owned;

    private Destination(IDelivery delivery, IDisposable? owned = null)
    {
        Delivery = delivery;
        _owned = owned;
    }

    /// <summary>What takes the message.</summary>
    public IDelivery Delivery { get; }

    /// <summary>Opens the destination, or says why there is none.</summary>
    /// <param name="settings">The settings in force.</param>
    /// <param name="sources">The machine.</param>
    /// <param name="outgoing">Takes the mails that tickets cause; <c>null</c> for none.</param>
    /// <param name="failure">Why there is none.</param>
    public static Destination? Open(Settings settings, SettingsSources sources, OutgoingDesk? outgoing, out DeliveryResult.Deferred? failure)
    {
        failure = null;
        if (settings.Url is { } url)
            return OpenApi(settings, url, out failure);
        if (settings.OsTicket is { } installation)
        {
            try
            {
                var database = OsTicketDatabase.Load(installation, settings);
                var options = outgoing?.ForOsTicket(database.Connect, database.Options, database.AdminEmail) ?? database.Options;
                options = options with { FreeNumbersFile = () => FreeNumbersFile(database, sources) };
                return new Destination(new TicketStore(database.Connect, StoreDialect.MySql, options));
            }
            catch (StoreException ex)
            {
                failure = new DeliveryResult.Deferred(ex.Cause, ex.Message);
                return null;
            }
        }

        if (EmbeddedStore.Locate(settings, sources) is { } path)
        {
            var options = EmbeddedStore.Options(settings);
            return new Destination(TicketStore.OpenSqlite(path, outgoing?.ForEmbedded(path, options) ?? options));
        }

        failure = new DeliveryResult.Deferred(DeferralCause.Configuration, "no folder for the ticket store can be written; set store");
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _owned?.Dispose();

    private static string? FreeNumbersFile(OsTicketDatabase database, SettingsSources sources) =>
        DataFolder.Locate("numbers", sources.Environment) is { } folder ? Path.Combine(folder, database.Identity) : null;

    private static Destination? OpenApi(Settings settings, Uri url, out DeliveryResult.Deferred? failure)
    {
        if (ApiKey.Read(settings, out string error) is not { } key)
        {
            failure = new DeliveryResult.Deferred(DeferralCause.Configuration, error);
            return null;
        }

        failure = null;
        var api = TicketsEmailApi.Connect(new TicketsEmailApiOptions
        {
            Url = url,
            Key = key,
            CaFile = settings.CaFile,
            ConnectTimeout = settings.ConnectTimeout,
            RequestTimeout = settings.RequestTimeout,
        });
        return new Destination(api, api);
    }
}
