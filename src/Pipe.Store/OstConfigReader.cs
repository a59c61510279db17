namespace Pipe.Store;

/// <summary>Reads <c>ost-config.php</c> without PHP.</summary>
internal static class OstConfigReader
{
    public static OstConfig Load(string path) => throw new StoreException(path) { Cause = DeferralCause.Configuration };
}
