using System.Runtime.InteropServices;

namespace Pipe.Platform;

/// <summary>Where this executable lies: as it was started, and as it is called once links are followed.</summary>
internal static partial class ExecutablePath
{
    // AT_EXECFN: the path that was handed to execve. argv[0] may say anything.
    private const nuint ExecutedFileName = 31;

    /// <summary>The path as started, made absolute; a link stays a link.</summary>
    public static string AsStarted { get; } = Find();

    /// <summary>The path with links followed.</summary>
    public static string Real => Environment.ProcessPath ?? AsStarted;

    private static string Find()
    {
        string? path = Marshal.PtrToStringUTF8(AuxiliaryValue(ExecutedFileName));
        return Path.GetFullPath(string.IsNullOrEmpty(path) ? Environment.GetCommandLineArgs()[0] : path);
    }

    [LibraryImport("libc", EntryPoint = "getauxval")]
    private static partial nint AuxiliaryValue(nuint type);
}
