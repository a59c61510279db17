using System.Text;
using Microsoft.Win32.SafeHandles;
using Pipe.Platform;

namespace Pipe.Commands.Doctor.MailSystems;

/// <summary>The files of a machine, read with care: some belong to people who wish us no good.</summary>
/// <param name="root">What its paths are under; empty for this machine.</param>
internal sealed class Machine(string root = "")
{
    private const int MaxFileBytes = 4 * 1024 * 1024;
    private const int MaxFilesInFolder = 2000;
    private const int HeadBytes = 4096;

    private readonly Dictionary<string, string?> _owners = new(StringComparer.Ordinal);

    /// <summary>What a path of this machine is called from outside.</summary>
    public string Outside(string path) => root + path;

    public bool Exists(string path) => File.Exists(root + path);

    /// <summary>The permissions of a file; none of one that is gone.</summary>
    public UnixFileMode Mode(string path) => File.Exists(root + path) ? File.GetUnixFileMode(root + path) : UnixFileMode.None;

    public DateTime Changed(string path) => File.GetLastWriteTimeUtc(root + path);

    /// <summary>The name of the account that a file belongs to; <c>null</c> where it has none.</summary>
    public string? Owner(string path)
    {
        if (!_owners.TryGetValue(path, out string? owner))
        {
            var stat = Subprocess.Run(null, "stat", ["-L", "-c", "%U", "--", root + path]);
            owner = stat.ExitCode == 0 && stat.Output.Trim() is { Length: > 0 } name && name != "UNKNOWN" ? name : null;
            _owners.Add(path, owner);
        }

        return owner;
    }

    /// <summary>The paths of the files in a folder, sorted; none where it cannot be listed.</summary>
    public IEnumerable<string> Files(string folder, string pattern)
    {
        try
        {
            return Directory.EnumerateFiles($"{root}{folder}/", pattern).Take(MaxFilesInFolder).Select(path => path[root.Length..]).Order(StringComparer.Ordinal).ToList();
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The paths of the folders in a folder, sorted; none where it cannot be listed.</summary>
    public IEnumerable<string> Folders(string folder)
    {
        try
        {
            return Directory.EnumerateDirectories($"{root}{folder}/").Take(MaxFilesInFolder).Select(path => path[root.Length..]).Order(StringComparer.Ordinal).ToList();
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The beginning of a file, as far as 4 MiB; the line ends are LF, and a CR before one stays.</summary>
    /// <param name="path">The file; what is no regular file is empty.</param>
    /// <param name="error">Why it cannot be read, or what is left out; else <c>null</c>.</param>
    public string[] Read(string path, out string? error)
    {
        error = null;
        int descriptor = Libc.Open(root + path, Libc.OpenReadOnly | Libc.OpenNonBlocking | Libc.OpenCloseOnExec, 0);
        if (descriptor < 0)
        {
            error = "cannot be read: " + System.Runtime.InteropServices.Marshal.GetLastPInvokeErrorMessage();
            return [];
        }

        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            long length = RandomAccess.GetLength(file);
            if (length > MaxFileBytes)
                error = "is larger than 4 MiB; the rest of it was not read";
            byte[] bytes = new byte[Math.Min(length, MaxFileBytes)];
            int count = RandomAccess.Read(file, bytes, 0);
            return Encoding.UTF8.GetString(bytes, 0, count).Split('\n');
        }
        catch (NotSupportedException)
        {
            // A named pipe or a terminal.
            return [];
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            error = "cannot be read: " + ex.Message;
            return [];
        }
    }

    /// <summary>The first 4096 bytes of a file, one character each; nothing of one that cannot be read.</summary>
    public string Head(string path)
    {
        int descriptor = Libc.Open(root + path, Libc.OpenReadOnly | Libc.OpenNonBlocking | Libc.OpenCloseOnExec, 0);
        if (descriptor < 0)
            return "";
        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            byte[] bytes = new byte[HeadBytes];
            return Encoding.Latin1.GetString(bytes, 0, RandomAccess.Read(file, bytes, 0));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return "";
        }
    }

    /// <summary>The home folders of the accounts of people and hosting customers, with their names.</summary>
    public IEnumerable<(string Account, string Home)> Accounts() => Read("/etc/passwd", out _)
        .Select(line => line.Split(':'))
        .Where(fields => fields.Length >= 7 && fields[5].StartsWith('/'))
        .Select(fields => (fields[0], fields[5]))
        .Take(MaxFilesInFolder);
}
