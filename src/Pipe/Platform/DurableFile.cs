using System.Runtime.InteropServices;

namespace Pipe.Platform;

/// <summary>What it takes for a file to be there after the power failed.</summary>
internal static class DurableFile
{
    /// <summary>Makes new names in a folder durable.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void SyncFolder(string folder)
    {
        int descriptor = Libc.Open(folder, Libc.OpenCloseOnExec, 0);
        if (descriptor < 0)
            throw new IOException($"{folder}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

        int result = Libc.Sync(descriptor);
        string error = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
        _ = Libc.Close(descriptor);
        if (result != 0)
            throw new IOException($"{folder}: {error}");
    }
}
