using System.Globalization;
using System.Text;

namespace Pipe.Spool;

/// <summary>Remembers which messages of an import are done, so that an interrupted one goes on where it was.</summary>
/// <remarks>
/// A text file: the first line names source and destination, each further one a delivery by its key. Lines are written
/// as messages are done, but not forced to the disk: the destination recognises a message that it is given a second time.
/// </remarks>
public sealed class ImportJournal : IDisposable
{
    private const int KeyDigits = 32;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly HashSet<UInt128> _done;

    private ImportJournal(string path, FileStream file, HashSet<UInt128> done)
    {
        _path = path;
        _file = file;
        _done = done;
    }

    /// <summary>The number of messages that were done by earlier runs and this one.</summary>
    public int Count => _done.Count;

    /// <summary>Opens the journal of an import, or begins one.</summary>
    /// <param name="folder">Where journals are kept; made if it is not there.</param>
    /// <param name="source">What is imported.</param>
    /// <param name="destination">Where to, in words that no other destination has; no secret.</param>
    /// <exception cref="SpoolException">The journal cannot be read or written, or another process has it: the same import is running.</exception>
    public static ImportJournal Open(string folder, string source, string destination)
    {
        string title = string.Create(CultureInfo.InvariantCulture, $"import of {Escape(source)} into {Escape(destination)}");
        string name = Convert.ToHexStringLower(Digests.Sha256(Encoding.UTF8.GetBytes(title)))[..KeyDigits] + ".journal";
        string path = Path.Combine(folder, name);
        try
        {
            DurableFile.CreateFolder(folder);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            var done = ReadKeys(file, title);
            if (file.Length == 0)
                file.Write(Encoding.UTF8.GetBytes(title + "\n"));
            return new ImportJournal(path, file, done);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException($"cannot keep a journal of the import in {folder}: {ex.Message}", ex);
        }
    }

    /// <summary>Whether a message is done.</summary>
    /// <param name="key">Its delivery key in hexadecimal digits.</param>
    public bool Contains(string key) => _done.Contains(NumberOf(key));

    /// <summary>Notes a message as done.</summary>
    /// <exception cref="SpoolException">The journal cannot be written.</exception>
    public void Add(string key)
    {
        if (!_done.Add(NumberOf(key)))
            return;

        try
        {
            _file.Write(Encoding.ASCII.GetBytes(key[..KeyDigits] + "\n"));
        }
        catch (IOException ex)
        {
            throw new SpoolException($"cannot write the journal of the import, {_path}: {ex.Message}", ex);
        }
    }

    /// <summary>Removes the journal: the import is complete, and a next one is to ask the destination about every message.</summary>
    public void Complete() => DurableFile.TryDelete(_path);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string Escape(string text) => text.ReplaceLineEndings(" ");

    private static UInt128 NumberOf(string key) =>
        UInt128.Parse(key.AsSpan(0, KeyDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static HashSet<UInt128> ReadKeys(FileStream file, string title)
    {
        var done = new HashSet<UInt128>();
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadLine() != title)
        {
            file.SetLength(0);
            return done;
        }

        long complete = Encoding.UTF8.GetByteCount(title) + 1;
        while (reader.ReadLine() is { Length: KeyDigits } line
            && UInt128.TryParse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
        {
            done.Add(number);
            complete += KeyDigits + 1;
        }

        // The last line of a process that was killed may be half a line.
        file.SetLength(Math.Min(complete, file.Length));
        file.Seek(0, SeekOrigin.End);
        return done;
    }
}
