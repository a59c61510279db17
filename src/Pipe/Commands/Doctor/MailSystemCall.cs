using System.Text.Json;
using Pipe.Commands.Doctor.MailSystems;
using Pipe.Configuration;
using Pipe.Deliveries;

namespace Pipe.Commands.Doctor;

/// <summary>Starts this executable as a mail system does: as its account, with an empty environment, no HOME, little memory.</summary>
internal sealed class MailSystemCall
{
    private const string Area = "call";

    // As in a hosting jail.
    private const string LimitMemory = "ulimit -v 1048576 2>/dev/null; ";

    private readonly string _executable;
    private readonly IReadOnlyList<string> _settingArguments;

    private MailSystemCall(string account, string executable, IReadOnlyList<string> settingArguments)
    {
        Account = account;
        _executable = executable;
        _settingArguments = settingArguments;
    }

    /// <summary>The account.</summary>
    public string Account { get; }

    /// <summary>Prepares a call.</summary>
    /// <param name="account">The account, or <c>null</c>: the one that is running this, or for root the owner of the ticket store, else nobody.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="sources">The machine.</param>
    /// <param name="settingArguments">The settings given on the command line.</param>
    public static MailSystemCall For(string? account, Settings settings, SettingsSources sources, IReadOnlyList<string> settingArguments)
    {
        if (account is null && Environment.UserName == "root")
            account = OwnerOfStore(settings, sources) ?? "nobody";
        return new MailSystemCall(account ?? Environment.UserName, sources.Executable, settingArguments);
    }

    /// <summary>Whether the account can start the executable at all.</summary>
    public bool CanStart(Findings findings)
    {
        var (exitCode, _, errors) = Run("exec \"$0\" --version", []);
        if (exitCode == 0)
            return true;
        findings.Problem(Area, $"{Account} cannot start {_executable}: {errors.Trim()}", Barrier() ?? $"ls -l {_executable}; findmnt --target {_executable}   (noexec?)");
        return false;
    }

    /// <summary>Calls it without a message: it must say "later" and nothing else, whatever its output descriptors are.</summary>
    public void CheckSilence(Findings findings)
    {
        foreach (var (how, redirection) in (ReadOnlySpan<(string, string)>)[("open", ""), ("closed", " >&- 2>&-"), ("full", " >/dev/full 2>/dev/full")])
        {
            var (exitCode, output, errors) = Run($"{LimitMemory}exec \"$0\" --log none </dev/null{redirection}", []);
            if (exitCode == (int)ExitCode.TempFail && output.Length + errors.Length == 0)
                continue;
            findings.Problem(Area, $"called without a message and with its output {how}, it ended with {exitCode} instead of 75, or printed something: {output}{errors}", "report this as a bug; until then, use a recipe with \"|| exit 75\"");
            return;
        }

        findings.Ok(Area, "starts without environment and HOME, in 1 GiB of memory, and prints nothing, with its output open, closed and full");
    }

    /// <summary>Has it examine everything else from in there.</summary>
    public void ExamineInside(Findings findings)
    {
        var (exitCode, output, errors) = Run($"{LimitMemory}exec \"$0\" doctor --inside --json \"$@\"", _settingArguments);
        try
        {
            findings.AddJson(output);
        }
        catch (JsonException)
        {
            findings.Problem(Area, $"the examination as {Account} broke off with exit code {exitCode}: {errors.Trim()}");
        }
    }

    private static string? OwnerOfStore(Settings settings, SettingsSources sources)
    {
        if (settings.Url is not null || settings.OsTicket is not null || settings.Store is null)
            return null;
        string file = EmbeddedStore.Locate(settings, sources) is { } store && File.Exists(store) ? store : Path.GetDirectoryName(settings.Store) ?? "/";
        return new Machine().Owner(file) is { } owner and not "root" ? owner : null;
    }

    // The first folder on the way that the account may not enter, or the file itself.
    private string? Barrier()
    {
        string path = "";
        foreach (string part in _executable.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path += "/" + part;
            if (Run("test -x \"$1\"", [path]).ExitCode != 0)
                return $"chmod o+x {path}";
        }

        return null;
    }

    private Subprocess Run(string script, IReadOnlyList<string> arguments) =>
        Subprocess.Run(Account == Environment.UserName ? null : Account, "/bin/sh", ["-c", script, _executable, .. arguments]);
}
