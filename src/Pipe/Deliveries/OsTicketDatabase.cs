using Pipe.Configuration;
using Pipe.Store;

namespace Pipe.Deliveries;

/// <summary>The database of an osTicket installation.</summary>
internal static class OsTicketDatabase
{
    /// <summary>Reads the installation's configuration; the database itself is opened by the delivery.</summary>
    /// <exception cref="StoreException">There is no usable configuration.</exception>
    public static TicketStore Open(string installation, Settings settings)
    {
        var config = OstConfig.Load(installation);
        throw new StoreException(
            $"{config.Path}: this build cannot write to osTicket's database (lock timeout {settings.LockTimeout}); use url, the API of the help desk")
        {
            Cause = DeferralCause.Configuration,
        };
    }
}
