using System.CommandLine;
using System.Text.RegularExpressions;
using Pipe.Configuration;

namespace Pipe.Commands.Setup;

/// <summary><c>pipe setup</c>: what to put where, for each mail system.</summary>
internal static partial class SetupCommand
{
    private const string DefaultAddress = "support@example.test";

    public static Command Create(CommandServices services)
    {
        var system = new Argument<string?>("system")
        {
            Description = "The mail system; without it, they are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var address = new Argument<string>("address")
        {
            Description = "The address whose mail becomes tickets.",
            DefaultValueFactory = _ => DefaultAddress,
        };
        var command = new Command("setup", "Prints what to put where, so that a mail system calls this program.") { system, address };
        command.SetAction(parsed => parsed.GetValue(system) is { } name
            ? Print(name, parsed.GetRequiredValue(address), services.Sources, parsed.InvocationConfiguration.Output)
            : List(parsed.InvocationConfiguration.Output));
        command.Subcommands.Add(TakeoverCommand.Create(services));
        return command;
    }

    private static int List(TextWriter output)
    {
        output.WriteLine("pipe setup SYSTEM [ADDRESS] prints what to put where. The systems:");
        foreach (var (name, title) in Recipe.All())
            output.WriteLine($"  {name,-16}{title}");
        output.WriteLine($"  {"takeover",-16}An osTicket installation whose forwarders call api/pipe.php");
        return (int)ExitCode.Done;
    }

    private static int Print(string system, string address, SettingsSources sources, TextWriter output)
    {
        if (!PlainAddress().IsMatch(address))
            return Usage($"{Printable.Line(address)} is no address that mail systems take without quoting");
        if (!PlainPath().IsMatch(sources.Executable))
            return Usage($"mail systems split commands at blanks and interpret some characters: move {Printable.Line(sources.Executable)} to a path of letters, digits and . _ - /");
        if (Recipe.Fill(system, address, sources.Executable, sources.Environment("HOME") is { Length: > 0 } home ? home : null) is not { } text)
        {
            string suggestion = NearestName.Of(system, Recipe.All().Select(recipe => recipe.Key)) is { } nearest ? $"; did you mean {nearest}?" : "";
            return Usage($"there is no recipe for {Printable.Line(system)}{suggestion}");
        }

        output.Write(text);
        return (int)ExitCode.Done;
    }

    private static int Usage(string sentence)
    {
        Console.Error.WriteLine("pipe: " + sentence);
        return (int)ExitCode.Usage;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9][A-Za-z0-9.-]*\z")]
    private static partial Regex PlainAddress();

    [GeneratedRegex(@"^/[A-Za-z0-9._/-]+\z")]
    private static partial Regex PlainPath();
}
