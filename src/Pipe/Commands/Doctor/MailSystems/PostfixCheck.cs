using System.Globalization;

namespace Pipe.Commands.Doctor.MailSystems;

/// <summary>Examines what Postfix's settings mean for the commands that it runs.</summary>
/// <param name="machine">The machine.</param>
/// <param name="postfix">Postfix's settings.</param>
/// <param name="program">What is looked for.</param>
/// <param name="findings">Where it goes.</param>
internal sealed class PostfixCheck(Machine machine, PostfixSettings postfix, CalledProgram program, Findings findings)
{
    private const string Area = "mail system";
    private const long DefaultMessageBytes = 10_240_000;

    private static readonly string[] CompiledForms = [".db", ".lmdb", ".cdb", ".pag"];

    private static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromSeconds(1000);

    /// <summary>Examines what holds for all mail that comes in by it.</summary>
    /// <param name="callers">The files that call this program.</param>
    /// <param name="maxMessageBytes">The largest message that is taken whole.</param>
    public void Examine(IEnumerable<CallingFile> callers, long maxMessageBytes)
    {
        bool isLocal = CheckMailboxCommand();
        bool isCaller = isLocal;
        foreach (var file in callers)
        {
            if (file.Kind == CallingFileKind.PostfixServices)
                CheckServices(file);
            else if (file.Kind == CallingFileKind.Aliases && !file.Path.StartsWith("/etc/valiases/", StringComparison.Ordinal) && !file.Path.StartsWith("/etc/virtual/", StringComparison.Ordinal))
                CheckAliasFile(file.Path);
            else if (file.Kind != CallingFileKind.Forward)
                continue;
            isCaller = true;
            isLocal |= file.Kind != CallingFileKind.PostfixServices;
        }

        if (isLocal)
            CheckTimeLimit("command_time_limit", postfix.Time("command_time_limit", DefaultTimeLimit));
        if (isCaller)
            CheckSize(maxMessageBytes);
    }

    private bool CheckMailboxCommand()
    {
        if (postfix["mailbox_command"] is not { } command)
            return false;
        if (command.Contains("procmail", StringComparison.Ordinal) && !command.Contains("EXTENSION", StringComparison.Ordinal))
            findings.Note(Area, $"{PostfixSettings.Path}: procmail is not told the address extension (support+42)", "mailbox_command = /usr/bin/procmail -a \"$EXTENSION\"");
        if (program.CommandIn(" | " + command) is null)
            return false;
        findings.Ok(Area, $"{PostfixSettings.Path}: mailbox_command = {command}");
        return true;
    }

    private void CheckAliasFile(string file)
    {
        if (postfix["allow_mail_to_commands"] is { } allowed && !allowed.Contains("alias", StringComparison.Ordinal))
            findings.Problem(Area, $"{PostfixSettings.Path}: allow_mail_to_commands does not allow commands in aliases; their mail is returned", "allow_mail_to_commands = alias, forward");
        if (!postfix.AliasFiles().Contains(file))
        {
            findings.Note(Area, $"{file}: Postfix does not read it", $"postconf -e \"alias_maps = hash:{file} $(postconf -h alias_maps)\"");
            return;
        }

        // texthash needs none.
        if (postfix["alias_maps"]?.Contains("texthash:" + file, StringComparison.Ordinal) == true)
            return;
        string? compiled = CompiledForms.Select(form => file + form).FirstOrDefault(machine.Exists);
        if (compiled is null || machine.Changed(compiled) < machine.Changed(file))
            findings.Problem(Area, $"{file} was changed, and Postfix goes by what it was before", file is "/etc/aliases" ? "newaliases" : $"postalias {file}");
    }

    private void CheckServices(CallingFile file)
    {
        foreach (var line in LogicalLine.Read(machine.Read(file.Path, out _), isFolded: true))
        {
            string[] words = line.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (program.CommandIn(line.Text) is not null && words.Length > 8)
                CheckService(string.Create(CultureInfo.InvariantCulture, $"{file.Path}:{line.Number}"), words);
        }
    }

    // name type private unprivileged chroot wakeup maxproc command arguments
    private void CheckService(string place, string[] words)
    {
        string name = words[0];
        string arguments = string.Join(' ', words[8..]);
        string? user = words.FirstOrDefault(word => word.StartsWith("user=", StringComparison.Ordinal))?[5..];
        string flags = words.FirstOrDefault(word => word.StartsWith("flags=", StringComparison.Ordinal))?[6..] ?? "";
        if (words[7] != "pipe")
            findings.Problem(Area, $"{place}: the service is not pipe(8), which runs commands, but {words[7]}", $"{name} unix - n n - 4 pipe {arguments}");
        if (user is null || user.Split(':')[0] is "root" or "postfix")
            findings.Problem(Area, $"{place}: pipe(8) runs no command without an account of its own", $"{name} unix - n n - 4 pipe user=pipe:pipe {string.Join(' ', words[8..].Where(word => !word.StartsWith("user=", StringComparison.Ordinal)))}");
        if (words[4] != "n")
            findings.Problem(Area, $"{place}: the service is confined to Postfix's folder (chroot), where this program is not", $"{name} unix - n n - {words[6]} pipe {arguments}");
        if (!arguments.Contains("recipient}", StringComparison.Ordinal) && !flags.Contains('O', StringComparison.Ordinal) && !flags.Contains('D', StringComparison.Ordinal))
            findings.Note(Area, $"{place}: the envelope recipient is not passed on; Bcc and lists go to the default department", $"{arguments} --recipient=${{original_recipient}}");
        if (postfix.Number(name + "_destination_recipient_limit", 50) != 1)
            findings.Problem(Area, $"{PostfixSettings.Path}: a mail for several addresses comes once, as if for the first", $"postconf -e {name}_destination_recipient_limit=1");
        CheckTimeLimit(name + "_time_limit", postfix.Time(name + "_time_limit", postfix.Time("command_time_limit", DefaultTimeLimit)));
    }

    private void CheckTimeLimit(string setting, TimeSpan limit)
    {
        if (limit <= program.Deadline)
            findings.Problem(Area, string.Create(CultureInfo.InvariantCulture, $"{PostfixSettings.Path}: {setting} ends the command after {limit.TotalSeconds} s and returns the mail, before it gives up itself ({program.Deadline.TotalSeconds} s)"), $"postconf -e {setting}=300s");
    }

    private void CheckSize(long maxMessageBytes)
    {
        long limit = postfix.Number("message_size_limit", DefaultMessageBytes);
        if (limit == 0)
            findings.Note(Area, string.Create(CultureInfo.InvariantCulture, $"{PostfixSettings.Path}: mails have no size limit there; from more than {maxMessageBytes} bytes only the beginning becomes a ticket"), string.Create(CultureInfo.InvariantCulture, $"postconf -e message_size_limit={maxMessageBytes}"));
        else if (limit > maxMessageBytes)
            findings.Note(Area, string.Create(CultureInfo.InvariantCulture, $"{PostfixSettings.Path}: mails may have {limit} bytes there, and from more than {maxMessageBytes} only the beginning becomes a ticket"), string.Create(CultureInfo.InvariantCulture, $"\"maxMessageSize\": {limit}"));
        else
            findings.Ok(Area, string.Create(CultureInfo.InvariantCulture, $"{PostfixSettings.Path}: mails up to {limit} bytes come here, and become tickets as a whole"));
    }
}
