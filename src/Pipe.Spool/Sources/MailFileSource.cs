using System.IO.Enumeration;

namespace Pipe.Spool.Sources;

/// <summary>A folder, with those in it, of files that hold one message each; or one such file.</summary>
internal sealed class MailFileSource : IMessageSource
{
    public const string Extension = ".eml";

    private readonly List<string> _files = [];

    public MailFileSource(string path)
    {
        if (File.Exists(path))
        {
            _files.Add(path);
            return;
        }

        // Links to folders are not followed: they may lead in a circle.
        _files.AddRange(new FileSystemEnumerable<string>(
            path,
            (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                !entry.IsDirectory && entry.FileName.EndsWith(Extension, StringComparison.OrdinalIgnoreCase),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        });
        _files.Sort(StringComparer.Ordinal);
    }

    public long Total => _files.Count;

    public IEnumerable<SourcedMessage> Read()
    {
        for (int i = 0; i < _files.Count; i++)
        {
            string file = _files[i];
            long position = i + 1;
            yield return new SourcedMessage(file, () => position, () => File.OpenRead(file));
        }
    }
}
