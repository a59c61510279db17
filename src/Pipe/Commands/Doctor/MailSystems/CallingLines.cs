using System.Globalization;
using Pipe.Commands.Setup;

namespace Pipe.Commands.Doctor.MailSystems;

/// <summary>Judges the lines by which a mail system calls this program, or osTicket's script.</summary>
/// <param name="machine">The machine.</param>
/// <param name="program">What is looked for.</param>
/// <param name="findings">Where it goes.</param>
internal sealed class CallingLines(Machine machine, CalledProgram program, Findings findings)
{
    private const string Area = "mail system";
    private const int MaxShown = 300;

    private readonly HashSet<string> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Php, string? Account), string?> _obstacles = [];

    /// <summary>The accounts that mail comes in as, as far as the files tell.</summary>
    public IReadOnlyCollection<string> Accounts => _accounts;

    /// <summary>The files that call this program.</summary>
    public ICollection<CallingFile> Callers { get; } = [];

    /// <summary>Examines a file.</summary>
    public void Examine(CallingFile file)
    {
        string[] lines = machine.Read(file.Path, out string? error);
        if (error is not null)
            findings.Note(Area, $"{file.Path} {error}");
        bool isCaller = false;
        foreach (var line in LogicalLine.Read(lines, isFolded: file.Kind == CallingFileKind.PostfixServices))
        {
            if (program.CommandIn(line.Text) is not { } command)
                continue;

            isCaller = true;
            var call = new MailCall(string.Create(CultureInfo.InvariantCulture, $"{file.Path}:{line.Number}"), line.Text, command, AccountOf(file, line.Text));
            int before = findings.All.Count;
            if (call.Account is not null)
                _accounts.Add(call.Account);
            if (line.HasCarriageReturn)
                findings.Problem(Area, $"{call.Place}: the line ends in a carriage return, which becomes part of the command", $"sed -i 's/\\r$//' {file.Path}");
            if (CheckCommand(call) && file.Kind is CallingFileKind.Aliases or CallingFileKind.Forward)
                CheckQuotes(call);
            if (file.Kind == CallingFileKind.Procmail)
                CheckProcmail(call.Place, lines, line.Number - 1);
            else if (file.Kind == CallingFileKind.Exim)
                CheckEximTimeout(call, lines, line.Number - 1);
            if (findings.All.Count == before)
                findings.Ok(Area, $"{call.Place}: {(line.Text.Length > MaxShown ? line.Text[..MaxShown] + " …" : line.Text)}");
        }

        if (isCaller)
        {
            Callers.Add(file);
            CheckPermissions(file);
        }
    }

    // user=NAME or user=NAME:GROUP in master.cf.
    private static string? AccountOf(CallingFile file, string line)
    {
        const string User = " user=";
        if (file.Kind != CallingFileKind.PostfixServices)
            return file.Account;
        int at = line.IndexOf(User, StringComparison.Ordinal);
        return at < 0 ? null : line[(at + User.Length)..].Split([' ', ':'], 2)[0];
    }

    // Whether the form of the line is worth a look still.
    private bool CheckCommand(MailCall call)
    {
        string path = call.Command;
        if (!machine.Exists(path) && path != program.Executable)
        {
            findings.Problem(Area, $"{call.Place}: {path} is not there, and most mail systems return the mail then", call.With(program.Executable));
            return false;
        }

        bool isScript = path.EndsWith(".php", StringComparison.Ordinal);
        if (call.Php is not null && !isScript)
        {
            findings.Problem(Area, $"{call.Place}: php cannot run this program; it would print it, and the mail would be returned", call.WithoutPhp);
            return false;
        }

        if (isScript && !CheckScript(call))
            return false;
        CheckMayRun(call);
        CheckExit75(call);
        return true;
    }

    // Whether it is this program that stands behind osTicket's script.
    private bool CheckScript(MailCall call)
    {
        string takeover = $"{program.Executable} setup takeover {Path.GetDirectoryName(Path.GetDirectoryName(call.Command))}";
        string head = machine.Head(call.Command);
        if (TakeoverFiles.GuardIn(head) is { } guard)
        {
            if (!machine.Exists(guard))
                findings.Problem(Area, $"{call.Place}: {call.Command} leads to {guard}, which is not there: the installation was moved", takeover);
            else if (call.Php is { } php && ObstacleOf(php, Environment.UserName == "root" ? call.Account : null) is { } reason)
                findings.Problem(Area, $"{call.Place}: PHP may start no program, and the mail waits for ever: {reason}", call.WithoutPhp);
            return true;
        }

        bool isProgram = head.StartsWith("\u007fELF", StringComparison.Ordinal);
        if (isProgram && call.Php is not null)
            findings.Problem(Area, $"{call.Place}: php cannot run {call.Command}, which is this program; it would print it, and the mail would be returned", takeover);
        else if (!isProgram)
            findings.Note(Area, $"{call.Place}: calls osTicket's own pipe.php", takeover);
        return isProgram;
    }

    // Many forwarders name the same PHP, and starting it takes long.
    private string? ObstacleOf(string php, string? account)
    {
        if (!_obstacles.TryGetValue((php, account), out string? obstacle))
        {
            obstacle = PhpInterpreter.Known(php)?.WhyItStartsNoProgram(account);
            _obstacles.Add((php, account), obstacle);
        }

        return obstacle;
    }

    private void CheckMayRun(MailCall call)
    {
        if (call.Account is not { } account || Environment.UserName != "root" || call.Php is not null)
            return;
        var test = Subprocess.Run(account, "/bin/sh", ["-c", "test -x \"$1\"", "sh", machine.Outside(call.Command)]);
        if (test.ExitCode < 0)
            findings.Problem(Area, $"{call.Place}: the command would run as {account}, and there is no such account", $"useradd --system --home-dir /var/lib/{account} --shell /usr/sbin/nologin {account}");
        else if (test.ExitCode != 0)
            findings.Problem(Area, $"{call.Place}: {account} cannot run {call.Command}", $"chmod o+x {call.Command}   (and each folder on the way to it)");
    }

    private void CheckExit75(MailCall call)
    {
        bool isSafe = call.Line.Contains("exit 75", StringComparison.Ordinal);
        if (isSafe && program.RejectsDenied)
            findings.Note(Area, $"{call.Place}: \"|| exit 75\" turns the rejection that you asked for (denied: reject) into a retry", $"\"denied\": \"discard\"   or   {program.Executable} || {{ s=$?; [ $s = 77 ] || s=75; exit $s; }}");
        if (!isSafe && (call.Place.Contains("courier", StringComparison.Ordinal) || call.Place.Contains("smtpd", StringComparison.Ordinal)))
            findings.Note(Area, $"{call.Place}: this mail system returns the mail of a command that was killed", call.With(call.Command + " || exit 75"));
    }

    // Without quotes the command ends at the first blank, and the next word is taken for an address.
    private void CheckQuotes(MailCall call)
    {
        int bar = call.Line.IndexOf('|', StringComparison.Ordinal);
        if (bar < 0 || (bar > 0 && call.Line[bar - 1] == '"') || (bar + 1 < call.Line.Length && call.Line[bar + 1] == '"'))
            return;
        int comma = call.Line.IndexOf(',', bar);
        string rest = comma < 0 ? "" : call.Line[comma..];
        string command = call.Line[bar..^rest.Length].TrimEnd();
        if (command.Any(char.IsWhiteSpace))
            findings.Problem(Area, $"{call.Place}: without quotes the command ends at the first blank, and what follows is taken for addresses", $"{call.Line[..bar]}\"{command}\"{rest}");
    }

    // Mail systems do not trust such files: they ignore them, or put the mail off until somebody mends them.
    private void CheckPermissions(CallingFile file)
    {
        const UnixFileMode Writable = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        const UnixFileMode Runnable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

        var mode = machine.Mode(file.Path);
        if (file.Kind is CallingFileKind.Forward or CallingFileKind.Procmail or CallingFileKind.DotQmail && (mode & Writable) != 0)
            findings.Problem(Area, $"{file.Path} can be written by others than its owner; mail systems do not carry such a file out", $"chmod go-w {file.Path}");
        if (file.Kind == CallingFileKind.DotQmail && (mode & Runnable) != 0)
            findings.Problem(Area, $"{file.Path} is marked as executable, and qmail runs no commands from such a file", $"chmod a-x {file.Path}");
    }

    // The transport is what stands between two lines that are not indented.
    private void CheckEximTimeout(MailCall call, string[] lines, int at)
    {
        int first = at;
        while (first > 0 && lines[first].Length > 0 && char.IsWhiteSpace(lines[first][0]))
            first--;
        for (int i = first + 1; i < lines.Length && (lines[i].Length == 0 || char.IsWhiteSpace(lines[i][0])); i++)
        {
            if (lines[i].Split('=', 2, StringSplitOptions.TrimEntries) is ["timeout", var value] && PostfixSettings.ParseTime(value) is { } timeout && timeout <= program.Deadline)
                findings.Problem(Area, $"{call.Place}: Exim ends the command after {value}, before it gives up itself ({program.Deadline.TotalSeconds} s)", "timeout = 5m");
        }
    }

    // The flags stand in the nearest line above that begins a recipe; what follows the command must hand a failure on.
    private void CheckProcmail(string place, string[] lines, int at)
    {
        int head = at;
        while (head >= 0 && !lines[head].TrimStart().StartsWith(':'))
            head--;
        string flags = head < 0 ? "" : lines[head].Trim()[1..].TrimStart('0', ' ').Split(':')[0];
        string next = at + 1 < lines.Length ? lines[at + 1].Trim() : "";
        string rest = $":0 {(flags.Contains('w', StringComparison.Ordinal) ? flags : flags + "w").Trim()}\n{lines[at].Trim()}\nEXITCODE=75\nHOST";
        if (!flags.Contains('w', StringComparison.OrdinalIgnoreCase))
            findings.Problem(Area, $"{place}: procmail does not wait for the exit code: mail is lost when no ticket can be made", rest);
        else if (!next.StartsWith("EXITCODE", StringComparison.Ordinal) && !next.StartsWith(":0 e", StringComparison.Ordinal))
            findings.Problem(Area, $"{place}: after a failure procmail goes on to the mailbox and tells the mail system that all is well: no ticket, and nobody hears of it", rest);
        else if (next.StartsWith("EXITCODE=$?", StringComparison.Ordinal))
            findings.Note(Area, $"{place}: $? is 0 when the program was killed, and the mail is lost then", rest);
    }
}
