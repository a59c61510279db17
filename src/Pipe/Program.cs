using System.Diagnostics.CodeAnalysis;
using Pipe.Commands;
using Pipe.Configuration;
using Pipe.Deliveries;
using Pipe.Platform;

namespace Pipe;

/// <summary>A delivery when a mail system calls, a command when a person does.</summary>
internal static class Program
{
    // Mail is private: whatever is created belongs to the account alone, unless a mode is asked for where it is made.
    private const uint OthersHaveNoRights = 0b000_111_111;

    private static int Main(string[] args)
    {
        _ = Libc.SetFileModeMask(OthersHaveNoRights);
        StandardStreams.Inspect();
        if (CommandLine.IsForPeople(args, Environment.GetEnvironmentVariable))
            return CommandLine.Run(args);

        int exitCode = Deliver(args);

        // The answer stands. Nothing that the runtime does on its way out may change it any more.
        Libc.ExitNow(exitCode);
        return exitCode;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Last line of defence.")]
    private static int Deliver(string[] args)
    {
        StandardStreams.Silence();
        CrashGuard.Arm();
        Deadline.SetLastResort(TimeSpan.FromSeconds(KnownSettings.MaxDeadlineSeconds));

        var delivery = new MailDelivery(args, new SettingsSources());
        try
        {
            return (int)delivery.Run();
        }
        catch (Exception ex)
        {
            // An exception that escapes aborts the process, and Exim returns the mail for that. What nobody has a name for is
            // our fault: the mail waits, the log says why, and nothing is printed.
            return (int)delivery.Fail(ex);
        }
    }
}
