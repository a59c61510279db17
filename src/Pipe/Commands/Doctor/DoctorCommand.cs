using System.CommandLine;
using Pipe.Commands.Doctor.MailSystems;
using Pipe.Configuration;

namespace Pipe.Commands.Doctor;

/// <summary><c>pipe doctor</c>: what is wrong with this installation, and the line that mends it.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandServices services)
    {
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var account = new Option<string>("--as") { Description = "The account that the mail system runs this program as; for root only.", HelpName = "account" };
        var inside = new Option<bool>("--inside") { Description = "Examines from where it is started, without starting itself as a mail system would.", Hidden = true };
        var command = new Command(
            "doctor",
            "Examines configuration, permissions, store or API, log, disk space and mail systems, in an environment like a mail system's. Exit code 1 when something is wrong.")
        {
            json, account, inside,
        };
        command.SetAction(parsed =>
        {
            var settings = services.LoadSettings(parsed);
            var findings = new Findings();
            if (parsed.GetValue(inside))
                ExamineInside(settings, services.Sources, findings);
            else
                ExamineOutside(settings, services, parsed, parsed.GetValue(account), findings);

            if (parsed.GetValue(json))
                findings.PrintJson(parsed.InvocationConfiguration.Output);
            else
                findings.Print(parsed.InvocationConfiguration.Output);
            return (int)(findings.HasProblem ? ExitCode.Failure : ExitCode.Done);
        });
        return command;
    }

    // What has to be seen with the eyes of the account that mail comes in as.
    private static void ExamineInside(Settings settings, SettingsSources sources, Findings findings)
    {
        ConfigurationCheck.Examine(settings, sources, findings);
        FolderCheck.Examine(settings, sources, findings);
        KeptMailCheck.Examine(settings, sources, findings);
        LogCheck.Examine(settings, sources, findings);
        if (settings.Errors.Count > 0)
            return;
        if (settings.Url is { } url)
            ApiCheck.Examine(settings, url, findings);
        else
            StoreCheck.Examine(settings, sources, findings);
    }

    private static void ExamineOutside(Settings settings, CommandServices services, ParseResult parsed, string? account, Findings findings)
    {
        var sources = services.Sources;
        var call = MailSystemCall.For(account, settings, sources, services.SettingArguments(parsed));
        findings.Ok("account", $"examined as {call.Account}, with the environment of a mail system" + (account is null && Environment.UserName == "root" ? "; --as names another" : ""));
        ExecutableCheck.Examine(sources, findings);
        if (call.CanStart(findings))
        {
            call.CheckSilence(findings);
            call.ExamineInside(findings);
        }

        MailSystemCheck.Examine(settings, sources, call.Account, new Machine(), findings);
    }
}
