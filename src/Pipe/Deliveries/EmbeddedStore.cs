using Pipe.Configuration;
using Pipe.Store;

namespace Pipe.Deliveries;

/// <summary>The SQLite file that tickets are kept in when no help desk is named.</summary>
internal static class EmbeddedStore
{
    private const string FileName = "pipe.db";

    private static readonly Correspondent DefaultSystemEmail = new("support@localhost.localdomain", "Support");

    /// <summary>The path of the file, or <c>null</c> when there is no folder that can be written.</summary>
    public static string? Locate(Settings settings, SettingsSources sources) =>
        settings.Store ?? DataFolder.Locate(FileName, sources.Environment);

    /// <summary>What the file is created with.</summary>
    public static StoreOptions Options(Settings settings) => new()
    {
        SystemEmail = settings.SystemEmail is { } mailbox ? ParseMailbox(mailbox) : DefaultSystemEmail,
        DepartmentName = settings.Department ?? "Support",
        LockTimeout = settings.LockTimeout,
    };

    // "Support <support@example.test>" or the address alone.
    private static Correspondent ParseMailbox(string mailbox)
    {
        int open = mailbox.LastIndexOf('<');
        int close = mailbox.LastIndexOf('>');
        return open >= 0 && close > open
            ? new Correspondent(mailbox[(open + 1)..close].Trim(), mailbox[..open].Trim(' ', '"'))
            : new Correspondent(mailbox.Trim(), "");
    }
}
