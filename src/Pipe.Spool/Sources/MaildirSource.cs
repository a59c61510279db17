namespace Pipe.Spool.Sources;

/// <summary>A Maildir with its folders (Maildir++: those whose names begin with a dot), except for messages marked as trashed or as drafts.</summary>
internal sealed class MaildirSource : IMessageSource
{
    private readonly List<string> _files = [];

    public MaildirSource(string path)
    {
        AddMessages(path);
        foreach (string folder in Directory.EnumerateDirectories(path, ".*").Order(StringComparer.Ordinal))
        {
            if (IsMaildir(folder))
                AddMessages(folder);
        }
    }

    public long Total => _files.Count;

    public static bool IsMaildir(string path) => Directory.Exists(Path.Combine(path, "cur")) || Directory.Exists(Path.Combine(path, "new"));

    public IEnumerable<SourcedMessage> Read()
    {
        for (int i = 0; i < _files.Count; i++)
        {
            string file = _files[i];
            long position = i + 1;
            yield return new SourcedMessage(file, () => position, () => File.OpenRead(file));
        }
    }

    private void AddMessages(string folder)
    {
        foreach (string part in (string[])["cur", "new"])
        {
            string path = Path.Combine(folder, part);
            if (Directory.Exists(path))
                _files.AddRange(Directory.EnumerateFiles(path).Where(IsWanted).Order(StringComparer.Ordinal));
        }
    }

    // "UNIQUE:2,FLAGS"; T is trashed, D a draft. A name that begins with a dot is no message.
    private static bool IsWanted(string path)
    {
        string name = Path.GetFileName(path);
        int flags = name.LastIndexOf(":2,", StringComparison.Ordinal);
        return name[0] != '.' && (flags < 0 || name.AsSpan(flags + 3).IndexOfAny('T', 'D') < 0);
    }
}
