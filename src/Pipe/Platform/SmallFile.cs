using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pipe.Platform;

/// <summary>Reads a file that an administrator has named, without waiting for ever for what is none.</summary>
/// <remarks>Opening a named pipe blocks until somebody writes to it, and a delivery would hang before its deadline is known.</remarks>
internal static unsafe class SmallFile
{
    private const int PatienceMilliseconds = 2000;

    /// <summary>The content of a file, but no more than the first bytes of it.</summary>
    /// <param name="path">The file; a pipe will do, if somebody is writing to it.</param>
    /// <param name="maxBytes">After how many bytes to stop.</param>
    /// <exception cref="IOException">It cannot be read; the reason, without the path.</exception>
    public static byte[] Read(string path, int maxBytes)
    {
        int descriptor = Libc.Open(path, Libc.OpenReadOnly | Libc.OpenNonBlocking | Libc.OpenCloseOnExec, 0);
        if (descriptor < 0)
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());

        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        byte[] bytes = new byte[Math.Min(maxBytes, 4096)];
        int count = 0;
        while (count < maxBytes && Read(descriptor, bytes.AsSpan(count)) is var read and > 0)
        {
            count += read;
            if (count == bytes.Length)
                Array.Resize(ref bytes, Math.Min(maxBytes, bytes.Length * 2));
        }

        return bytes[..count];
    }

    private static int Read(int descriptor, Span<byte> buffer)
    {
        while (true)
        {
            nint count;
            fixed (byte* start = buffer)
                count = Libc.Read(descriptor, start, buffer.Length);
            if (count >= 0)
                return (int)count;

            int error = Marshal.GetLastPInvokeError();
            if (error == Libc.EAgain)
                WaitForInput(descriptor);
            else if (error != Libc.EIntr)
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    private static void WaitForInput(int descriptor)
    {
        var input = new Libc.PollDescriptor { Descriptor = descriptor, Events = Libc.PollIn };
        if (Libc.Poll(&input, 1, PatienceMilliseconds) == 0)
            throw new IOException("nothing comes out of it");
    }
}
