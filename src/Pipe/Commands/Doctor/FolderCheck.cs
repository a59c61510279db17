using System.Globalization;
using Pipe.Configuration;
using Pipe.Platform;

namespace Pipe.Commands.Doctor;

/// <summary>Looks at the folders that messages are kept in, and at the space there.</summary>
internal static class FolderCheck
{
    /// <summary>Below this much free space, a delivery of a large message may fail: twice the default limit of a message.</summary>
    private const long LittleSpaceBytes = 128L * 1024 * 1024;

    public static void Examine(Settings settings, SettingsSources sources, Findings findings)
    {
        Check("temporary folder", settings.TemporaryFolder ?? Path.GetTempPath(), mustExist: true, findings);
        if ((settings.Quarantine ?? DataFolder.Locate("quarantine", sources.Environment)) is { } quarantine)
            Check("quarantine", quarantine, mustExist: false, findings);
        else
            findings.Problem("quarantine", "no folder for messages that a person has to look at can be written", "\"quarantine\": \"/var/lib/pipe/quarantine\"");
    }

    /// <summary>Checks that a folder can be written, or made where it need not exist, and how much space there is.</summary>
    public static void Check(string area, string folder, bool mustExist, Findings findings)
    {
        string existing = folder;
        while (!mustExist && !Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;

        if (!Directory.Exists(existing))
            findings.Problem(area, $"{folder} does not exist", $"install -d -o {Environment.UserName} -m 0750 {folder}");
        else if (Libc.Access(existing, Libc.MayWriteAndSearch) != 0)
            findings.Problem(area, $"{existing} cannot be written by {Environment.UserName}", existing == folder ? $"chown {Environment.UserName} {folder}" : $"install -d -o {Environment.UserName} -m 0750 {folder}");
        else if (FreeBytes(existing) is var free && free < LittleSpaceBytes)
            findings.Problem(area, string.Create(CultureInfo.InvariantCulture, $"{existing} has only {free / 1024} KiB of free space"), $"df -h {existing}");
        else
            findings.Ok(area, folder);
    }

    private static long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;
}
