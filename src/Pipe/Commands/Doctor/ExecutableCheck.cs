using Pipe.Configuration;

namespace Pipe.Commands.Doctor;

/// <summary>Looks at this executable as mail systems see it: its path and who may change it.</summary>
internal static class ExecutableCheck
{
    private const string Area = "executable";

    public static void Examine(SettingsSources sources, Findings findings)
    {
        string path = sources.Executable;
        if (path.Any(c => char.IsWhiteSpace(c) || c is '"' or '\'' or '$' or '`' or '|' or '&' or ';' or '<' or '>' or '(' or ')'))
            findings.Problem(Area, $"{path} has characters that mail systems split commands at or interpret", $"mv \"{path}\" /opt/pipe/pipe");
        else
            findings.Ok(Area, path);

        foreach (string file in (string[])[sources.RealExecutable, Path.GetDirectoryName(sources.RealExecutable) ?? "/"])
        {
            if ((File.GetUnixFileMode(file) & (UnixFileMode.OtherWrite | UnixFileMode.StickyBit)) == UnixFileMode.OtherWrite)
                findings.Problem(Area, $"{file} can be written by everybody on this machine", $"chmod o-w {file}");
        }
    }
}
