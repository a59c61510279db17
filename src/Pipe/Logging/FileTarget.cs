using System.Globalization;
using System.Text;
using Pipe.Platform;
using Serilog.Events;

namespace Pipe.Logging;

/// <summary>Appends to a file, and sets it aside as <c>NAME.1</c>, <c>NAME.2</c> ... when it has grown.</summary>
/// <remarks>
/// Many processes write to the same file at the same time. Each line is one write to a file opened for appending, which the kernel
/// keeps apart; Serilog's own file sink is made for one process, and gives every further one a file of its own.
/// </remarks>
/// <param name="path">Finds the file; <c>null</c> when there is no place for one.</param>
/// <param name="isJson">Whether the lines are JSON and so carry time and level themselves.</param>
/// <param name="maxBytes">The size above which the file is set aside; 0 for never.</param>
/// <param name="keep">How many files that were set aside are kept.</param>
internal sealed unsafe class FileTarget(Func<string?> path, bool isJson, long maxBytes, int keep) : ILogTarget
{
    private const int OwnerReadWrite = 0b110_000_000;
    private const int LockExclusive = 2;
    private const int LockNoWait = 4;

    private string? _path;
    private int _file = -1;
    private bool _failed;

    /// <inheritdoc/>
    public bool TryWrite(LogEventLevel level, DateTimeOffset time, string line)
    {
        if (_failed || (_file < 0 && !TryOpen()))
            return false;

        string text = isJson
            ? line + "\n"
            : string.Create(CultureInfo.InvariantCulture,
                $"{time:yyyy-MM-ddTHH:mm:ss.fffzzz} pipe[{Environment.ProcessId}] {LevelName.Of(level)}: {line}\n");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        nint written;
        fixed (byte* start = bytes)
            written = Libc.Write(_file, start, bytes.Length);
        _failed = written != bytes.Length;
        return !_failed;
    }

    private bool TryOpen()
    {
        _path ??= path();
        if (_path is not null)
        {
            _file = Open(_path);
            if (_file < 0 && TryCreateFolder(_path))
                _file = Open(_path);
            if (_file >= 0 && maxBytes > 0 && SizeOf(_path) > maxBytes)
                SetAside(_path);
        }

        _failed = _file < 0;
        return !_failed;
    }

    // Without waiting: a named pipe that nobody reads would otherwise hold up the mail, when it is opened or when it is full.
    private static int Open(string path) =>
        Libc.Open(path, Libc.OpenWriteOnly | Libc.OpenCreate | Libc.OpenAppend | Libc.OpenNonBlocking | Libc.OpenCloseOnExec, OwnerReadWrite);

    private static long SizeOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    private static bool TryCreateFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
            return true;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Whoever gets the lock does it; the others go on writing to the file they have, whatever it is called by then.
    private void SetAside(string name)
    {
        if (Libc.Lock(_file, LockExclusive | LockNoWait) != 0)
            return;

        try
        {
            // Another process may have done it since this one opened the file.
            if (SizeOf(name) <= maxBytes)
                return;

            if (keep == 0)
                File.Delete(name);
            for (int number = keep; number > 0; number--)
            {
                string older = number == 1 ? name : Numbered(name, number - 1);
                if (File.Exists(older))
                    File.Move(older, Numbered(name, number), overwrite: true);
            }

            int fresh = Open(name);
            if (fresh >= 0)
            {
                _ = Libc.Close(_file);
                _file = fresh;
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            // The file grows on; the next process tries again.
        }
    }

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}.{number}");
}
