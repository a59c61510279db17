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

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitFileActions(Span<byte> actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDup2(Span<byte> actions, int descriptor, int newDescriptor);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyFileActions(Span<byte> actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(out int pid, string path, Span<byte> actions, nint attributes, string?[] arguments, string?[] environment);

    [LibraryImport(Library, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitPid(int pid, out int status, int options);
}
