using System.Text;

namespace Pipe.Mime.Tests;

/// <summary>A message in the compact form of <c>tests/Corpus/cases</c>, with what is expected of it.</summary>
public sealed record CorpusCase(string File, string Name, byte[] Message, IReadOnlyList<KeyValuePair<string, string>> Expected)
{
    public static IReadOnlyList<CorpusCase> All { get; } = ReadAll();

    public override string ToString() => File + ": " + Name;

    /// <summary>The message with all line endings CRLF.</summary>
    public byte[] WithCrLf()
    {
        var result = new List<byte>(Message.Length + 64);
        foreach (byte b in Message)
        {
            if (b == '\n')
                result.Add((byte)'\r');
            result.Add(b);
        }

        return [.. result];
    }

    private static List<CorpusCase> ReadAll()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Corpus", "cases");
        var cases = new List<CorpusCase>();
        foreach (string file in Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            int before = cases.Count;
            cases.AddRange(Read(Path.GetFileNameWithoutExtension(file), System.IO.File.ReadAllText(file).ReplaceLineEndings("\n")));
            if (cases.Count == before)
                throw new InvalidDataException("There is no case in " + file + ".");
        }

        return cases.Count > 0 ? cases : throw new InvalidDataException("There is no case in " + folder + ".");
    }

    private static IEnumerable<CorpusCase> Read(string file, string text)
    {
        foreach (string block in text.Split("\n== ").Skip(1))
        {
            int name = block.IndexOf('\n', StringComparison.Ordinal);
            int expect = block.IndexOf("\n-- expect\n", StringComparison.Ordinal);
            if (expect < 0)
                throw new InvalidDataException("Nothing is expected of " + block[..name] + ".");
            var expected = block[(expect + 11)..].Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => line.Split(':', 2))
                .Select(static pair => KeyValuePair.Create(pair[0], Unescape(pair[1].TrimStart(' '))))
                .ToList();
            yield return new CorpusCase(file, block[..name], Bytes(block[(name + 1)..(expect + 1)]), expected);
        }
    }

    private static string Unescape(string text) => text
        .Replace("\\n", "\n", StringComparison.Ordinal)
        .Replace("\\s", " ", StringComparison.Ordinal);

    // \xHH stands for a byte; all else is UTF-8.
    private static byte[] Bytes(string text)
    {
        var bytes = new List<byte>(text.Length);
        int at = 0;
        while (at < text.Length)
        {
            int escape = text.IndexOf("\\x", at, StringComparison.Ordinal);
            int end = escape < 0 ? text.Length : escape;
            bytes.AddRange(Encoding.UTF8.GetBytes(text[at..end]));
            if (escape >= 0)
                bytes.Add(Convert.ToByte(text.Substring(escape + 2, 2), 16));
            at = escape < 0 ? text.Length : escape + 4;
        }

        return [.. bytes];
    }
}
