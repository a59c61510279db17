using Pipe.Configuration;

namespace Pipe.Commands.Doctor;

/// <summary>Reads the configuration of mail systems where it may, for what calls this program.</summary>
internal static class MailSystemCheck
{
    private const int MaxFileBytes = 4 * 1024 * 1024;

    private static readonly string[] SmrshFolders = ["/etc/mail/smrsh", "/etc/smrsh", "/usr/libexec/sm.bin", "/usr/adm/sm.bin", "/usr/lib/sendmail.d/bin"];

    private static readonly string[] Files =
    [
        "/etc/aliases", "/etc/mail/aliases", "/etc/postfix/master.cf", "/etc/exim.conf", "/etc/exim4/exim4.conf", "/etc/exim4/exim4.conf.template",
        "/etc/smtpd.conf", "/etc/mail/smtpd.conf", "/etc/procmailrc", "/etc/maildroprc",
        "~/.forward", "~/.procmailrc", "~/.mailfilter", "~/.fetchmailrc", "~/.config/getmail/getmailrc", "~/.courier",
    ];

    private static readonly (string Folder, string Pattern)[] Folders =
    [
        ("/etc/postfix", "aliases*"), ("/etc/valiases", "*"), ("/etc/exim4/conf.d/transport", "*"), ("/etc/exim4/conf.d/router", "*"),
        ("/etc/courier/aliasdir", ".courier*"), ("/var/qmail/alias", ".qmail*"), ("~", ".qmail*"), ("~", ".courier*"),
    ];

    public static void Examine(Settings settings, SettingsSources sources, Findings findings)
    {
        var calls = new CallingLines(sources.Executable, sources.RealExecutable, settings.RejectsDenied, findings);
        bool called = false;
        foreach (string file in FilesThatExist())
        {
            if (TryRead(file, findings) is not { } lines)
                continue;
            called |= calls.Examine(file, lines);
        }

        if (!called)
            findings.Note("mail system", "no configuration of a mail system was found that calls this program (some cannot be read without root)", $"{sources.Executable} setup");
        CheckSmrsh(sources, findings);
    }

    private static IEnumerable<string> FilesThatExist()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string At(string path) => path.StartsWith('~') ? home + path[1..] : path;
        foreach (string file in Files)
        {
            if (File.Exists(At(file)))
                yield return At(file);
        }

        foreach (var (folder, pattern) in Folders)
        {
            if (!Directory.Exists(At(folder)))
                continue;
            string[] found;
            try
            {
                found = Directory.GetFiles(At(folder), pattern);
            }
            catch (UnauthorizedAccessException)
            {
                continue;
            }

            foreach (string file in found)
            {
                if (Path.GetExtension(file) is not (".db" or ".lmdb" or ".cdb"))
                    yield return file;
            }
        }
    }

    private static string[]? TryRead(string file, Findings findings)
    {
        try
        {
            return new FileInfo(file).Length <= MaxFileBytes ? File.ReadAllLines(file) : null;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            findings.Note("mail system", $"{file} cannot be read: {ex.Message}");
            return null;
        }
    }

    // smrsh runs nothing but what is in its folder.
    private static void CheckSmrsh(SettingsSources sources, Findings findings)
    {
        foreach (string folder in SmrshFolders)
        {
            if (!Directory.Exists(folder))
                continue;
            string link = Path.Combine(folder, Path.GetFileName(sources.RealExecutable));
            if (File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName == sources.RealExecutable)
                findings.Ok("smrsh", $"{link} leads here");
            else
                findings.Problem("smrsh", $"sendmail's restricted shell would not run this program: {link} does not lead to it", $"ln -sfn {sources.RealExecutable} {link}");
        }
    }
}
