using System.Globalization;
using Pipe.Configuration;
using Pipe.Deliveries;
using Pipe.Spool;

namespace Pipe.Commands.Doctor;

/// <summary>Tells of mail that is safe, but not where it was sent to.</summary>
internal static class KeptMailCheck
{
    public static void Examine(Settings settings, SettingsSources sources, Findings findings)
    {
        Count("quarantine", KeptMessages.Quarantine(settings, sources), "for somebody to look at");
        Count("spool", KeptMessages.Spool(settings, sources), "to be tried again");

        void Count(string area, MessageFolder? folder, string purpose)
        {
            try
            {
                if (folder?.Ids().Count is > 0 and var count)
                    findings.Note(area, Sentence(count, folder.Path, purpose), $"{sources.Executable} spool list");
            }
            catch (SpoolException ex)
            {
                findings.Problem(area, ex.Message);
            }
        }
    }

    private static string Sentence(int count, string folder, string purpose) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "message waits" : "messages wait")} in {folder} {purpose}");
}
