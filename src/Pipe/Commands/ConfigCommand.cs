using System.CommandLine;
using Pipe.Configuration;
using Pipe.Logging;

namespace Pipe.Commands;

/// <summary><c>pipe config</c>: what is configured, and who says so.</summary>
internal static class ConfigCommand
{
    public static Command Create(CommandServices services)
    {
        var command = new Command("config", "Prints every setting with its value and where that comes from; secrets are hidden.");
        var sample = new Option<bool>("--sample") { Description = "Prints a configuration file instead that explains every setting." };
        command.Options.Add(sample);
        command.SetAction(parsed => parsed.GetValue(sample)
            ? PrintSample(parsed.InvocationConfiguration.Output)
            : Print(services.LoadSettings(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int PrintSample(TextWriter output)
    {
        SettingsSample.Write(output);
        return (int)ExitCode.Done;
    }

    private static int Print(Settings settings, TextWriter output, TextWriter errors)
    {
        int width = KnownSettings.All.Max(setting => setting.Key.Length);
        foreach (var setting in KnownSettings.All)
        {
            var value = settings[setting];
            string text = value.Text.Length == 0 ? "-" : setting.IsSecret ? "(hidden)" : PrintableText.Of(value.Text);
            output.WriteLine($"{setting.Key.PadRight(width)}  {text}  [{PrintableText.Of(value.Source)}]");
        }

        foreach (string error in settings.Errors)
            errors.WriteLine("pipe: " + PrintableText.Of(error));
        return (int)(settings.Errors.Count == 0 ? ExitCode.Done : ExitCode.Failure);
    }
}
