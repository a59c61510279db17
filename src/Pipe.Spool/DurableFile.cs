using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Pipe.Spool.Platform;

namespace Pipe.Spool;

/// <summary>Writes files that are there, whole, after a crash or a power cut, or are not there at all.</summary>
/// <remarks>
/// The bytes go into a file under another name in the same file system, are written to the disk, and only then get their
/// name; the folder that holds the name is written to the disk last. Only the invoking user may read what is written.
/// </remarks>
public static class DurableFile
{
    private const int BufferBytes = 64 * 1024;
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Writes what is left of a stream; an existing file of that name is replaced.</summary>
    /// <param name="path">The name that the file gets.</param>
    /// <param name="temporaryPath">The name that it has until then; a folder of the same file system.</param>
    /// <param name="content">What to write, from its position to its end.</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written; nothing is left behind.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, string temporaryPath, Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            using (var file = Create(temporaryPath))
            {
                content.CopyTo(file, BufferBytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporaryPath, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporaryPath);
            throw;
        }

        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a folder that only the invoking user may enter, and those above it, unless they are there.</summary>
    /// <exception cref="IOException">A folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be made.</exception>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;

        string full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is { } parent)
        {
            CreateFolder(parent);
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(full);
            else
                Directory.CreateDirectory(full, FolderMode);
            FlushFolder(parent);
        }
    }

    /// <summary>Writes the names in a folder to the disk.</summary>
    /// <exception cref="IOException">The disk reports an error.</exception>
    public static void FlushFolder(string path)
    {
        int descriptor = LibC.Open(path, LibC.ReadOnly | LibC.CloseOnExec, 0);
        if (descriptor < 0)
            throw new IOException($"cannot open the folder {path}: {LibC.LastError()}");

        using var folder = new SafeFileHandle(descriptor, ownsHandle: true);
        while (LibC.FSync(descriptor) < 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case LibC.EIntr:
                    continue;
                // Some file systems have no such call for folders; then their names are as safe as they get.
                case LibC.EInval or LibC.ENotSup or LibC.ERoFs:
                    return;
                default:
                    throw new IOException($"cannot write the folder {path} to the disk: {LibC.LastError()}");
            }
        }
    }

    /// <summary>Removes a file. That it cannot be removed, or is not there, is no error.</summary>
    internal static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
            // Whoever wrote it may have taken it away; what stays is swept later.
        }
        catch (UnauthorizedAccessException)
        {
            // The same.
        }
    }

    // Without a buffer every write is one of the system's, and its failure is noticed where it is made.
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
