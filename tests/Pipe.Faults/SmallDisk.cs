using System.Globalization;

namespace Pipe.Faults;

/// <summary>A file system of its own, in memory and small.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Mounts it; the test is skipped where that is not allowed.</summary>
    public static SmallDisk Mount(string path, int kibibytes)
    {
        Assert.SkipUnless(Shell.IsRoot, "only root may mount a small disk");
        Directory.CreateDirectory(path);
        try
        {
            Shell.Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={kibibytes}k,mode=0777"), "tmpfs", path);
        }
        catch (InvalidOperationException ex)
        {
            Assert.Skip("no small disk can be mounted here: " + ex.Message);
        }

        return new SmallDisk(path);
    }

    /// <summary>Writes until nothing more fits.</summary>
    public void Fill()
    {
        try
        {
            using var file = new FileStream(System.IO.Path.Combine(Path, "filler"), FileMode.Append);
            byte[] block = new byte[4096];
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // It is full now.
        }
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(System.IO.Path.Combine(Path, "filler"));

    public void Remount(string option) => Shell.Run("mount", "-o", "remount," + option, Path);

    public void Dispose() => Shell.Run("umount", "-l", Path);
}
