using System.CommandLine;

namespace Pipe.Commands.Setup;

/// <summary><c>pipe setup takeover</c>: keeps the forwarders of an osTicket installation, with this program behind them.</summary>
internal static class TakeoverCommand
{
    public static Command Create(CommandServices services)
    {
        var folder = new Argument<string>("folder")
        {
            Description = "The folder of the osTicket installation; by default the current one.",
            DefaultValueFactory = _ => ".",
        };
        var undo = new Option<bool>("--undo") { Description = "Puts the old pipe.php back." };
        var command = new Command(
            "takeover",
            "Puts this program where api/pipe.php is, so that the forwarders to that file keep working; the old file is kept as pipe.php.orig. Needs no rights but those over the installation.")
        {
            folder, undo,
        };
        command.SetAction(parsed => Run(
            new Takeover(Path.GetFullPath(parsed.GetRequiredValue(folder)), services.Sources.RealExecutable),
            parsed.GetValue(undo), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(Takeover takeover, bool undo, TextWriter output)
    {
        try
        {
            output.WriteLine(undo ? takeover.Undo() : takeover.Perform());
            return (int)ExitCode.Done;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or TakeoverException)
        {
            return CommandServices.Fail(ex.Message);
        }
    }
}
