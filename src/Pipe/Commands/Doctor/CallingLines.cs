using System.Globalization;

namespace Pipe.Commands.Doctor;

/// <summary>Judges the lines by which a mail system calls this program.</summary>
/// <param name="executable">This program, as it was started.</param>
/// <param name="realExecutable">This program, links followed.</param>
/// <param name="rejectsDenied">Whether the settings ask for exit code 77, which "|| exit 75" would hide.</param>
/// <param name="findings">Where it goes.</param>
internal sealed class CallingLines(string executable, string realExecutable, bool rejectsDenied, Findings findings)
{
    private const string Area = "mail system";

    private readonly string _name = Path.GetFileName(realExecutable);

    /// <summary>Examines a file and says whether anything in it calls this program.</summary>
    public bool Examine(string file, string[] lines)
    {
        bool called = false;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimStart() is not { Length: > 0 } line || line[0] == '#' || CommandIn(line) is not { } command)
                continue;

            called = true;
            string place = string.Create(CultureInfo.InvariantCulture, $"{file}:{i + 1}");
            int before = findings.All.Count;
            CheckCommand(place, line, command);
            if (Path.GetFileName(file) is ".procmailrc" or "procmailrc")
                CheckProcmail(place, lines, i);
            if (findings.All.Count == before)
                findings.Ok(Area, $"{place}: {line}");
        }

        return called;
    }

    // The word that names this program, or osTicket's script; null where the line is about something else.
    private string? CommandIn(string line)
    {
        foreach (string word in line.Split([' ', '\t', '"', '\'', '|', '(', ')', ',', '='], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == executable || word == realExecutable || (word.StartsWith('/') && Path.GetFileName(word) == _name && line.Contains('|', StringComparison.Ordinal))
                || word.EndsWith("/api/pipe.php", StringComparison.Ordinal))
                return word;
        }

        return null;
    }

    private void CheckCommand(string place, string line, string command)
    {
        if (!File.Exists(command))
        {
            findings.Problem(Area, $"{place}: {command} is not there, and most mail systems return the mail then", line.Replace(command, executable, StringComparison.Ordinal));
            return;
        }

        string before = line[..line.IndexOf(command, StringComparison.Ordinal)];
        bool isScript = command.EndsWith(".php", StringComparison.Ordinal);
        if (before.Contains("php", StringComparison.Ordinal) && !isScript)
        {
            findings.Problem(Area, $"{place}: php cannot run this program; it would print it, and the mail would be returned", before[..(before.LastIndexOf('|') + 1)] + line[before.Length..]);
            return;
        }

        if (isScript && !IsTakenOver(command))
            findings.Note(Area, $"{place}: calls osTicket's own pipe.php", $"{executable} setup takeover {Path.GetDirectoryName(Path.GetDirectoryName(command))}");
        bool isSafe = line.Contains("exit 75", StringComparison.Ordinal);
        if (isSafe && rejectsDenied)
            findings.Note(Area, $"{place}: \"|| exit 75\" turns the rejection that you asked for (denied: reject) into a retry", $"\"denied\": \"discard\"   or   {executable} || {{ s=$?; [ $s = 77 ] || s=75; exit $s; }}");
        if (!isSafe && (place.Contains("courier", StringComparison.Ordinal) || place.Contains("smtpd", StringComparison.Ordinal)))
            findings.Note(Area, $"{place}: this mail system returns the mail of a command that was killed", line.Replace(command, command + " || exit 75", StringComparison.Ordinal));
    }

    private static bool IsTakenOver(string script)
    {
        using var reader = new StreamReader(script);
        return reader.ReadLine() is { } first && first.StartsWith("#!", StringComparison.Ordinal) && first.EndsWith("/api/pipe", StringComparison.Ordinal);
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
