using System.Globalization;

namespace Pipe.Spool.Sources;

/// <summary>An mbox file.</summary>
internal sealed class MboxSource : IMessageSource
{
    private readonly string _path;
    private readonly MboxQuoting _quoting;

    public MboxSource(string path, MboxQuoting quoting)
    {
        _path = path;
        _quoting = quoting;
        Total = new FileInfo(path).Length;
    }

    public long Total { get; }

    public IEnumerable<SourcedMessage> Read()
    {
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var reader = new MboxReader(file, _quoting);
        while (reader.MoveNext())
        {
            if (reader.IsFolderData)
                continue;
            string name = string.Create(CultureInfo.InvariantCulture, $"{_path} at byte {reader.MessageOffset}");
            yield return new SourcedMessage(name, () => reader.Offset, () => new MboxMessageStream(reader));
        }
    }
}
