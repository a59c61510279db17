using System.Globalization;

namespace Pipe.Store.Embedded;

/// <summary>Creates and opens the embedded store.</summary>
internal static class EmbeddedStore
{
    // Kept in the file's own header, so that one cheap read tells whether there is anything to do.
    private const int SchemaVersion = 1;

    private const string SaltAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int SaltLength = 32;

    /// <summary>Makes a fresh connection safe to write with, and creates what is missing. Processes that do so at the same time wait for each other.</summary>
    public static void Prepare(StoreSession session)
    {
        // SQLite's own waiting begins with microseconds; the provider's begins with 150 ms. FULL: durable once committed.
        session.Execute(string.Create(
            CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(long)session.Options.LockTimeout.TotalMilliseconds}; PRAGMA synchronous = FULL"));
        int version = Version(session);
        if (version > SchemaVersion)
            throw new StoreException("the embedded store was written by a newer version of this program") { Cause = DeferralCause.Configuration };
        if (version == SchemaVersion)
            return;
        if (!session.Options.CreateIfMissing)
            throw new StoreException("the file is not an embedded ticket store") { Cause = DeferralCause.Configuration };

        session.Execute("PRAGMA journal_mode = WAL");
        session.Execute("BEGIN IMMEDIATE");
        if (Version(session) == 0)
            Create(session);
        session.Commit();
    }

    private static int Version(StoreSession session) =>
        Convert.ToInt32(session.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);

    private static void Create(StoreSession session)
    {
        var mailbox = session.Options.SystemEmail;
        session.Execute(Resource("schema.sql"));
        session.Execute(
            Resource("defaults.sql"),
            ("department", session.Options.DepartmentName),
            ("mailboxId", mailbox is null ? "" : "1"),
            ("address", mailbox?.Address ?? ""),
            ("name", mailbox?.Name ?? ""),
            ("salt", session.Options.SecretSalt ?? SystemRandom.GetString(SaltAlphabet, SaltLength)));
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {SchemaVersion}"));
    }

    private static string Resource(string name)
    {
        using var stream = typeof(EmbeddedStore).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the resource {name} is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
