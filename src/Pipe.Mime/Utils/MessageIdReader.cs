namespace Pipe.Mime.Utils;

/// <summary>Reads msg-ids (RFC 5322 section 3.6.4), with the faults of the wild.</summary>
internal static class MessageIdReader
{
    private const int MaxReferences = 10_000;

    public static List<string> ReadAll(ReadOnlySpan<byte> text)
    {
        var ids = new List<string>();
        int at = 0;
        while (ids.Count < MaxReferences)
        {
            at = SkipToId(text, at);
            if (at >= text.Length)
                break;
            if (text[at] == '<')
            {
                int close = FindClose(text, at + 1);
                Add(ids, text[(at + 1)..close]);
                at = close < text.Length && text[close] == '>' ? close + 1 : close;
            }
            else
            {
                int end = at;
                while (end < text.Length && text[end] is > (byte)' ' and not ((byte)'<' or (byte)',' or (byte)'('))
                    end++;
                // Words of a sentence ("Your message of ...") are no identifiers.
                if (text[at..end].IndexOf((byte)'@') > 0)
                    Add(ids, text[at..end]);
                at = Math.Max(end, at + 1);
            }
        }

        return ids;
    }

    public static string? ReadOne(ReadOnlySpan<byte> text)
    {
        int open = text.IndexOf((byte)'<');
        if (open >= 0)
        {
            int close = FindClose(text, open + 1);
            string id = Clean(text[(open + 1)..close]);
            if (id.Length > 0)
                return id;
        }

        int at = Cfws.Skip(text, 0);
        int end = at;
        while (end < text.Length && text[end] is > (byte)' ' and not ((byte)'>' or (byte)'('))
            end++;
        string bare = Clean(text[at..end].Trim("<"u8));
        return bare.Length > 0 ? bare : null;
    }

    /// <summary>A Content-ID. One with text behind its domain-literal is none: other readers do not link to it either.</summary>
    public static string? ReadContentId(ReadOnlySpan<byte> text) =>
        ReadOne(text) is { } id && !(id.Contains("@[", StringComparison.Ordinal) && id.IndexOf(']', StringComparison.Ordinal) is >= 0 and var close && close < id.Length - 1)
            ? id
            : null;

    private static int SkipToId(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            int next = Cfws.Skip(text, at);
            if (next < text.Length && text[next] is (byte)',' or (byte)';' or (byte)'>')
                at = next + 1;
            else
                return next;
        }
    }

    private static int FindClose(ReadOnlySpan<byte> text, int start)
    {
        int stop = text[start..].IndexOfAny((byte)'>', (byte)'<');
        return stop < 0 ? text.Length : start + stop;
    }

    private static void Add(List<string> ids, ReadOnlySpan<byte> bytes)
    {
        string id = Clean(bytes);
        if (id.Length > 0)
            ids.Add(id);
    }

    private static string Clean(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOfAny(" \t\r\n"u8) < 0)
            return CharsetUtils.DecodeUnknown(ParserOptions.Default, bytes);
        byte[] buffer = new byte[bytes.Length];
        int count = 0;
        foreach (byte b in bytes)
        {
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                buffer[count++] = b;
        }

        return CharsetUtils.DecodeUnknown(ParserOptions.Default, buffer.AsSpan(0, count));
    }
}
