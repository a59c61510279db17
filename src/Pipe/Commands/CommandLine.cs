using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Pipe.Commands.Doctor;
using Pipe.Commands.Explain;
using Pipe.Commands.Setup;
using Pipe.Commands.Why;
using Pipe.MailSystems;

namespace Pipe.Commands;

/// <summary>The commands for people. A delivery never comes here: it needs no tree of commands, and prints nothing.</summary>
internal static class CommandLine
{
    /// <summary>The commands: a name, which decides whether a person is calling, and what builds the rest when one is.</summary>
    private static readonly CommandEntry[] Entries =
    [
        new("tickets", TicketsCommand.Create),
        new("config", ConfigCommand.Create),
        new("spool", SpoolCommand.Create),
        new("import", ImportCommand.Create),
        new("setup", SetupCommand.Create),
        new("doctor", DoctorCommand.Create),
        new("explain", ExplainCommand.Create),
        new("why", WhyCommand.Create),
    ];

    /// <summary>Whether a person is calling, with arguments that name a command. Everything else is a delivery.</summary>
    /// <remarks>
    /// Recipes pass parts of addresses on, and those of help desks are called "help" and "tickets": a mail system that makes itself
    /// known is never taken for a person, or its mail would be gone.
    /// </remarks>
    /// <param name="arguments">The command line.</param>
    /// <param name="variable">Looks an environment variable up; <c>null</c> when it is not set.</param>
    public static bool IsForPeople(string[] arguments, Func<string, string?> variable) =>
        arguments.Length > 0 && Caller.Recognise(variable, received: null) == Caller.Unknown && (arguments[0] is "--help" or "-h" or "-?" or "help" or "--version" || Array.Exists(Entries, entry => entry.Name == arguments[0]));

    /// <summary>Runs a command and returns the exit code: 0, 1 for a failure, 64 for bad arguments.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Last line of defence; the commands catch what they expect.")]
    public static int Run(string[] arguments)
    {
        if (arguments[0] == "help")
            arguments[0] = "--help";

        var root = CreateRoot();
        var parsed = root.Parse(arguments);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        try
        {
            int result = parsed.Invoke(configuration);
            return parsed.Errors.Count > 0 ? (int)ExitCode.Usage : result;
        }
        catch (Exception ex)
        {
            Console.Error.WriteLine("pipe: " + ex.Message);
            return (int)ExitCode.Failure;
        }
    }

    /// <summary>The whole tree.</summary>
    public static RootCommand CreateRoot()
    {
        var root = new RootCommand(
            "Takes a mail on standard input and makes a ticket of it. Without a command it delivers: silently, the exit code says how it went.");
        foreach (var version in root.Options.OfType<VersionOption>())
            version.Action = new VersionAction();
        var options = new SettingOptions();
        options.AddTo(root);
        foreach (var entry in Entries)
            root.Subcommands.Add(entry.Create(new CommandServices(options)));
        return root;
    }
}
