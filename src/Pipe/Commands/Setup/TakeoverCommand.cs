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
        var withoutPhp = new Option<bool>("--without-php") { Description = "No forwarder begins with php: whether PHP can start the program does not matter." };
        var command = new Command(
            "takeover",
            "Puts this program where api/pipe.php is, so that the forwarders to that file keep working; the old file is kept as pipe.php.orig. Needs no rights but those over the installation.")
        {
            folder, undo, withoutPhp,
        };
        command.SetAction(parsed => Run(
            new Takeover(Path.GetFullPath(parsed.GetRequiredValue(folder)), services.Sources.RealExecutable),
            parsed.GetValue(undo), !parsed.GetValue(withoutPhp), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(Takeover takeover, bool undo, bool withPhp, TextWriter output)
    {
        try
        {
            output.WriteLine(undo ? takeover.Undo() : takeover.Perform(withPhp));
            return (int)ExitCode.Done;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or TakeoverException)
        {
            return CommandServices.Fail(ex.Message);
        }
    }
}
