using System.Runtime.InteropServices;

namespace Pipe.Platform;

/// <summary>The functions of the C library that .NET has no portable form of. Linux only, 64 bits.</summary>
internal static unsafe partial class Libc
{
    public const int StandardInput = 0;
    public const int StandardOutput = 1;
    public const int StandardError = 2;

    public const int EIntr = 4;
    public const int EAgain = 11;
    public const int EPrototype = 91;

    public const int OpenReadOnly = 0x0;
    public const int OpenReadWrite = 0x2;
    public const int OpenWriteOnly = 0x1;
    public const int OpenCreate = 0x40;
    public const int OpenAppend = 0x400;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;

    public const short PollIn = 0x1;

    public const int MayWrite = 2;
    public const int MayWriteAndSearch = 2 | 1;
    public const int MayReadAndWrite = 4 | 2;

    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "_exit")]
    public static partial void ExitNow(int status);

    [LibraryImport(Name, EntryPoint = "getppid")]
    public static partial int ParentProcess();

    [LibraryImport(Name, EntryPoint = "umask")]
    public static partial uint SetFileModeMask(uint mask);

    [LibraryImport(Name, EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetEnvironmentVariable(string name, string value, int overwrites);

    [LibraryImport(Name, EntryPoint = "alarm")]
    public static partial uint Alarm(uint seconds);

    [LibraryImport(Name, EntryPoint = "isatty")]
    public static partial int IsTerminal(int descriptor);

    [LibraryImport(Name, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    [LibraryImport(Name, EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport(Name, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Name, EntryPoint = "dup2", SetLastError = true)]
    public static partial int Duplicate(int descriptor, int target);

    [LibraryImport(Name, EntryPoint = "fcntl")]
    public static partial int Control(int descriptor, int command, int argument);

    [LibraryImport(Name, EntryPoint = "pipe")]
    public static partial int Pipe(int* descriptors);

    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nint count);

    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nint count);

    [LibraryImport(Name, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int descriptor, int operation);

    [LibraryImport(Name, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport(Name, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int descriptor, byte* address, uint length);

    [LibraryImport(Name, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSocketOption(int descriptor, int level, int option, void* value, uint length);

    [LibraryImport(Name, EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int descriptor, byte* buffer, nint count, int flags);

    [LibraryImport(Name, EntryPoint = "sigaction")]
    public static partial int SetSignalAction(int signal, SignalAction* action, SignalAction* previous);

    [LibraryImport(Name, EntryPoint = "sigaltstack")]
    public static partial int SetSignalStack(SignalStack* stack, SignalStack* previous);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    /// <summary><c>struct sigaction</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SignalAction
    {
        public nint Handler;
        public fixed ulong Mask[16];
        public int Flags;
        public nint Restorer;
    }

    /// <summary><c>stack_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SignalStack
    {
        public nint Base;
        public int Flags;
        public nint Size;
    }
}
