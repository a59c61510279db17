using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pipe.Spool.Platform;

/// <summary>An exclusive lock on a file (flock). It ends with its process, however that ends.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file) => _file = file;

    /// <summary>Locks an existing file, unless another process has it locked or it is not there.</summary>
    public static FileLock? TryAcquire(string path) => TryAcquire(path, LibC.ReadOnly | LibC.NonBlocking | LibC.CloseOnExec);

    /// <summary>Locks a file that is made when it is not there, unless another process has it locked.</summary>
    public static FileLock? TryAcquireOrCreate(string path) =>
        TryAcquire(path, LibC.ReadWrite | LibC.Create | LibC.CloseOnExec);

    public void Dispose() => _file.Dispose();

    private static FileLock? TryAcquire(string path, int flags)
    {
        int descriptor = LibC.Open(path, flags, 0x180);     // 0600
        if (descriptor < 0)
            return null;

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        while (LibC.FLock(descriptor, LibC.LockExclusive | LibC.LockNonBlocking) < 0)
        {
            if (Marshal.GetLastPInvokeError() == LibC.EIntr)
                continue;
            file.Dispose();
            return null;
        }

        return new FileLock(file);
    }
}
