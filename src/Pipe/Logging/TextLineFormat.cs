using System.Globalization;
using System.Text;
using Serilog.Events;

namespace Pipe.Logging;

/// <summary>A line for people: the message, then name=value for each property.</summary>
internal sealed class TextLineFormat : ILineFormat
{
    /// <summary>After how many characters a value is cut; most come from the mail.</summary>
    public const int MaxValueCharacters = 1000;

    /// <summary>After how many characters the description of an exception is cut.</summary>
    public const int MaxExceptionCharacters = 4000;

    /// <inheritdoc/>
    public string Format(LogEvent logEvent)
    {
        var line = new StringBuilder(256);
        PrintableText.Append(line, logEvent.MessageTemplate.Text, int.MaxValue, quoted: false);
        foreach (var property in logEvent.Properties)
        {
            line.Append(' ').Append(property.Key).Append('=');
            AppendValue(line, Text(property.Value is ScalarValue scalar ? scalar.Value : property.Value), MaxValueCharacters);
        }

        if (logEvent.Exception is { } exception)
        {
            line.Append(" exception=");
            AppendValue(line, exception.ToString(), MaxExceptionCharacters);
        }

        return line.ToString();
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        double number => number.ToString("0.0", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static void AppendValue(StringBuilder line, string text, int maxCharacters)
    {
        bool quoted = text.Length == 0 || text.AsSpan().IndexOfAny(" =\"\\") >= 0;
        if (quoted)
            line.Append('"');
        PrintableText.Append(line, text, maxCharacters, quoted);
        if (quoted)
            line.Append('"');
    }
}
