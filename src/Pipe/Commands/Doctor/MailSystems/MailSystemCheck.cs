using Pipe.Configuration;

namespace Pipe.Commands.Doctor.MailSystems;

/// <summary>Reads the configuration of mail systems where it may, for what calls this program.</summary>
internal static class MailSystemCheck
{
    private const string Area = "mail system";

    /// <summary>Examines the machine.</summary>
    /// <param name="settings">The settings in force.</param>
    /// <param name="sources">Where this program is.</param>
    /// <param name="account">The account that the rest was examined as.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="findings">Where it goes.</param>
    public static void Examine(Settings settings, SettingsSources sources, string account, Machine machine, Findings findings)
    {
        var program = new CalledProgram(machine, sources.Executable, sources.RealExecutable) { RejectsDenied = settings.RejectsDenied, Deadline = settings.Deadline };
        var postfix = PostfixSettings.Load(machine);
        var calls = new CallingLines(machine, program, findings);
        foreach (var file in new CallingFiles(machine, postfix, Homes(machine, sources, account)).All())
            calls.Examine(file);
        if (postfix is not null)
            new PostfixCheck(machine, postfix, program, findings).Examine(calls.Callers, settings.MaxMessageSize);

        if (calls.Callers.Count == 0 && findings.All.All(finding => finding.Area != Area || finding.Severity != Severity.Ok))
            findings.Note(Area, "no configuration of a mail system was found that calls this program (some cannot be read without root)", $"{sources.Executable} setup");
        foreach (string other in calls.Accounts.Where(other => other != account))
            findings.Note(Area, $"mail comes in as {other}, and what was examined here was examined as {account}", $"{sources.Executable} doctor --as {other}");
        program.CheckSmrsh(findings);
    }

    // Root may look at everybody's.
    private static IEnumerable<(string Account, string Home)> Homes(Machine machine, SettingsSources sources, string account)
    {
        string own = Environment.UserName;
        if (sources.Environment("HOME") is { Length: > 0 } home)
            yield return (own, home);
        foreach (var entry in machine.Accounts())
        {
            if (own == "root" || entry.Account == own || entry.Account == account)
                yield return entry;
        }
    }
}
