using System.Text;
using System.Text.Json;

namespace Pipe.Commands.Why;

/// <summary>A line of our log, in either of its two forms.</summary>
/// <param name="Text">The line.</param>
/// <param name="Fields">Its names and values.</param>
internal sealed record LogLine(string Text, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The time, as far as the line has one at its beginning.</summary>
    public string Time => Fields.TryGetValue("time", out string? time) ? time : Text.Split(" pipe[", 2)[0];

    /// <summary>Reads a line; <c>null</c> where it is none of ours.</summary>
    public static LogLine? Parse(string text)
    {
        if (text.StartsWith('{'))
            return ParseJson(text);

        // "2024-01-01T00:00:00.000+00:00 pipe[123] information: message outcome=..." or what the system's log puts before it; there
        // the rest may be JSON too.
        int start = text.IndexOf(" pipe[", StringComparison.Ordinal);
        int colon = start < 0 ? -1 : text.IndexOf(": ", start, StringComparison.Ordinal);
        if (colon < 0)
            return null;
        var rest = text.AsSpan(colon + 2);
        return rest.StartsWith("{") ? ParseJson(rest.ToString()) : Named(text, ParsePairs(rest));
    }

    // The name in the quarantine stands in a sentence only: "kept as /folder/NAME.eml: why".
    private static LogLine Named(string text, Dictionary<string, string> fields)
    {
        const string KeptAs = "kept as ";
        if (fields.TryGetValue("warning", out string? warning) && warning.StartsWith(KeptAs, StringComparison.Ordinal)
            && warning.IndexOf(".eml: ", StringComparison.Ordinal) is var end and > 0)
            fields.TryAdd("quarantine", Path.GetFileName(warning[KeptAs.Length..end]));
        return new LogLine(text, fields);
    }

    private static LogLine? ParseJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
                fields[property.Name] = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
            return Named(text, fields);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            // A line that was cut off, or is no object.
            return null;
        }
    }

    // name=value name="value with \"quotes\" and blanks"
    private static Dictionary<string, string> ParsePairs(ReadOnlySpan<char> text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (text.IndexOf('=') is var equals and > 0)
        {
            string name = text[(text[..equals].LastIndexOf(' ') + 1)..equals].ToString();
            text = text[(equals + 1)..];
            var value = new StringBuilder();
            bool quoted = !text.IsEmpty && text[0] == '"';
            int at = quoted ? 1 : 0;
            for (; at < text.Length && text[at] != (quoted ? '"' : ' '); at++)
            {
                if (quoted && text[at] == '\\' && at + 1 < text.Length)
                    at++;
                value.Append(text[at]);
            }

            fields.TryAdd(name, value.ToString());
            text = at < text.Length ? text[(at + 1)..] : default;
        }

        return fields;
    }
}
