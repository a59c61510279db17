using System.Text;
using Pipe.Logging;

namespace Pipe.Commands;

/// <summary>Makes text from mails fit for a terminal: no escape sequences, no line ends where one line is meant.</summary>
internal static class Printable
{
    /// <summary>The text on one line.</summary>
    public static string Line(string text) => PrintableText.Of(text);

    /// <summary>The text with its line ends, each line indented, and tabs as spaces.</summary>
    public static string Lines(string text, string indent)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var line in text.AsSpan().EnumerateLines())
            result.Append(indent).Append(PrintableText.Of(line.ToString().Replace("\t", "    ", StringComparison.Ordinal))).Append('\n');
        return result.ToString();
    }
}
