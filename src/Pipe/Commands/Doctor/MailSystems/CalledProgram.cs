namespace Pipe.Commands.Doctor.MailSystems;

/// <summary>This program, as the files of mail systems may name it.</summary>
/// <param name="machine">The machine.</param>
/// <param name="executable">As it was started.</param>
/// <param name="realExecutable">With links followed.</param>
internal sealed class CalledProgram(Machine machine, string executable, string realExecutable)
{
    private const string OsTicketScript = "/api/pipe.php";

    private static readonly string[] SmrshFolders = ["/etc/mail/smrsh", "/etc/smrsh", "/usr/libexec/sm.bin", "/usr/adm/sm.bin", "/usr/lib/sendmail.d/bin"];

    private readonly Dictionary<string, bool> _guards = new(StringComparer.Ordinal);
    private readonly string _name = Path.GetFileName(realExecutable);

    /// <summary>As it was started.</summary>
    public string Executable => executable;

    /// <summary>Whether the settings ask for exit code 77, which "|| exit 75" would hide.</summary>
    public bool RejectsDenied { get; init; }

    /// <summary>When a delivery gives up.</summary>
    public TimeSpan Deadline { get; init; }

    /// <summary>The word of a line that names this program, a script that starts it, or osTicket's; <c>null</c> where it is about something else.</summary>
    public string? CommandIn(string line)
    {
        bool isPipe = line.Contains('|', StringComparison.Ordinal);
        bool isCall = isPipe || line.Contains("argv=", StringComparison.Ordinal) || line.Contains("command", StringComparison.Ordinal) || line.Contains("mda ", StringComparison.Ordinal);
        foreach (string word in line.Split([' ', '\t', '"', '\'', '|', '(', ')', ',', '=', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == executable || word == realExecutable || word.EndsWith(OsTicketScript, StringComparison.Ordinal))
                return word;
            if (word.StartsWith('/') && ((isPipe && Path.GetFileName(word) == _name) || (isCall && IsGuard(word))))
                return word;
        }

        return isPipe ? BySmrsh(line) : null;
    }

    /// <summary>Checks that the restricted shell of sendmail, which runs nothing but what is in its folder, would run it.</summary>
    public void CheckSmrsh(Findings findings)
    {
        foreach (string folder in SmrshFolders.Where(folder => Directory.Exists(machine.Outside(folder))))
        {
            string link = Path.Combine(folder, _name);
            if (LeadsHere(link))
                findings.Ok("smrsh", $"{link} leads here");
            else
                findings.Problem("smrsh", $"sendmail's restricted shell would not run this program: {link} does not lead to it", $"ln -sfn {realExecutable} {link}");
        }
    }

    // Whether a file is a few lines of shell that name this program.
    private bool IsGuard(string path)
    {
        if (!_guards.TryGetValue(path, out bool isGuard))
        {
            string head = machine.Exists(path) ? machine.Head(path) : "";
            isGuard = head.StartsWith("#!", StringComparison.Ordinal)
                && (head.Contains(executable, StringComparison.Ordinal) || head.Contains(realExecutable, StringComparison.Ordinal));
            _guards.Add(path, isGuard);
        }

        return isGuard;
    }

    private bool LeadsHere(string link)
    {
        try
        {
            return File.ResolveLinkTarget(machine.Outside(link), returnFinalTarget: true)?.FullName == realExecutable;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // There the name alone stands in the alias.
    private string? BySmrsh(string line)
    {
        string name = line[(line.IndexOf('|', StringComparison.Ordinal) + 1)..].TrimStart('"', ' ').Split([' ', '"'], 2)[0];
        return name == _name && SmrshFolders.Any(folder => LeadsHere(Path.Combine(folder, name))) ? name : null;
    }
}
