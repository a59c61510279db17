using Pipe.Configuration;
using Pipe.Spool;

namespace Pipe.Deliveries;

/// <summary>Finds the folders of messages that are kept.</summary>
internal static class KeptMessages
{
    /// <summary>The messages that wait for their delivery, or <c>null</c> when no folder can be written.</summary>
    public static MessageFolder? Spool(Settings settings, SettingsSources sources) => Folder(settings.SpoolFolder, "spool", sources);

    /// <summary>The messages that only a person can deal with, or <c>null</c> when no folder can be written.</summary>
    public static MessageFolder? Quarantine(Settings settings, SettingsSources sources) => Folder(settings.Quarantine, "quarantine", sources);

    /// <summary>How often messages in the spool are tried, and under which bounds they are read back.</summary>
    public static SpoolOptions Options(Settings settings) => new()
    {
        MaxFailures = settings.SpoolFailures,
        Message = Bounds(settings),
    };

    /// <summary>The bounds under which a message is read.</summary>
    public static RawMessageOptions Bounds(Settings settings)
    {
        var bounds = new RawMessageOptions { MaxBytes = settings.MaxMessageSize };
        return settings.TemporaryFolder is { } folder ? bounds with { TemporaryFolder = folder } : bounds;
    }

    private static MessageFolder? Folder(string? configured, string name, SettingsSources sources) =>
        (configured ?? DataFolder.Locate(name, sources.Environment)) is { } path ? new MessageFolder(path) : null;
}
