using System.Net.Sockets;
using Pipe.Configuration;
using Pipe.Platform;

namespace Pipe.Commands.Doctor;

/// <summary>Looks at whether the log can be written.</summary>
internal static class LogCheck
{
    private const string Area = "log";

    public static void Examine(Settings settings, SettingsSources sources, Findings findings)
    {
        if (settings.Log == "none")
        {
            findings.Note(Area, "nothing is logged: pipe why will know nothing", "\"log\": \"auto\"");
            return;
        }

        bool fileFirst = settings.Log == "file" || (settings.Log == "auto" && settings.LogFile is not null);
        if (!fileFirst && SyslogAnswers(settings.SyslogSocket))
        {
            findings.Ok(Area, $"the system's log ({settings.SyslogSocket}), facility mail");
            return;
        }

        if (!fileFirst && settings.Log == "syslog")
            findings.Problem(Area, $"there is no system log at {settings.SyslogSocket}", "\"log\": \"auto\"");
        CheckFile(settings, sources, findings);
    }

    private static void CheckFile(Settings settings, SettingsSources sources, Findings findings)
    {
        if ((settings.LogFile ?? DataFolder.Locate("pipe.log", sources.Environment)) is not { } file)
        {
            findings.Problem(Area, "there is no system log, and no folder for a log file that can be written", "\"logFile\": \"/var/lib/pipe/pipe.log\"");
            return;
        }

        string folder = Path.GetDirectoryName(file) ?? "/";
        if (!Directory.Exists(folder))
            FolderCheck.Check(Area, folder, mustExist: false, findings);
        else if (File.Exists(file) && Libc.Access(file, Libc.MayWrite) != 0)
            findings.Problem(Area, $"{file} cannot be written by {Environment.UserName}", $"chown {Environment.UserName} {file}");
        else if (!File.Exists(file) && Libc.Access(folder, Libc.MayWriteAndSearch) != 0)
            findings.Problem(Area, $"{file} cannot be created by {Environment.UserName}", $"install -o {Environment.UserName} -m 0640 /dev/null {file}");
        else
            findings.Ok(Area, file);
    }

    private static bool SyslogAnswers(string path)
    {
        foreach (var type in (SocketType[])[SocketType.Dgram, SocketType.Stream])
        {
            try
            {
                using var socket = new Socket(AddressFamily.Unix, type, ProtocolType.Unspecified);
                socket.Connect(new UnixDomainSocketEndPoint(path));
                return true;
            }
            catch (Exception ex) when (ex is SocketException or ArgumentException)
            {
                // Not this type of socket, or none at all.
            }
        }

        return false;
    }
}
