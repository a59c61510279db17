using System.Runtime.InteropServices;

namespace Pipe.Outgoing.Platform;

/// <summary>The calls of the C library that start a program (POSIX.1-2017).</summary>
internal static partial class LibC
{
    public const int WaitNoHang = 1;

    public const int EIntr = 4;

    // glibc and musl need 80 bytes for the list of file actions, others less.
    public const int FileActionsBytes = 256;

    private const string Library = "libc";
    private const nint DefaultAction = 0;
    private const nint Ignore = 1;

    // The structure begins with the handler; glibc's, the longest one, has 152 bytes.
    private const int SignalActionBytes = 256;

    private static int ChildSignal => OperatingSystem.IsMacOS() ? 20 : 17;

    /// <summary>
    /// Has the exit codes of children kept. Whoever started this program may have had them thrown away (<c>trap '' CHLD</c>), and that
    /// is inherited, by the child too.
    /// </summary>
    public static void HearOfChildren()
    {
        Span<nint> action = stackalloc nint[SignalActionBytes / 8];
        action.Clear();
        if (SignalAction(ChildSignal, default, action) == 0 && action[0] == Ignore)
            _ = Signal(ChildSignal, DefaultAction);
    }

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitFileActions(Span<byte> actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDup2(Span<byte> actions, int descriptor, int newDescriptor);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyFileActions(Span<byte> actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(out int pid, string path, Span<byte> actions, nint attributes, string?[] arguments, string?[] environment);

    [LibraryImport(Library, EntryPoint = "sigaction")]
    private static partial int SignalAction(int signal, ReadOnlySpan<nint> action, Span<nint> previous);

    [LibraryImport(Library, EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport(Library, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitPid(int pid, out int status, int options);
}
