namespace Pipe.Mime;

/// <summary>The words that nearly every message has, so that they need not be made anew each time.</summary>
internal static class KnownText
{
    public static string? Find(ReadOnlySpan<byte> text) => text.Length switch
    {
        4 => Match(text, "name", "text", "html"),
        5 => Match(text, "plain", "mixed", "utf-8", "UTF-8", "image"),
        6 => Match(text, "format", "flowed"),
        7 => Match(text, "charset", "related"),
        8 => Match(text, "boundary", "filename", "us-ascii", "US-ASCII"),
        9 => Match(text, "multipart"),
        10 => Match(text, "iso-8859-1", "ISO-8859-1"),
        11 => Match(text, "application", "alternative"),
        12 => Match(text, "octet-stream", "windows-1252"),
        _ => null,
    };

    private static string? Match(ReadOnlySpan<byte> text, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (System.Text.Ascii.Equals(text, word))
                return word;
        }

        return null;
    }
}
