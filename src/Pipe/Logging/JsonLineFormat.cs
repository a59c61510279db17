using System.Buffers;
using System.Text;
using System.Text.Json;
using Serilog.Events;

namespace Pipe.Logging;

/// <summary>A line for programs: one JSON object per event.</summary>
internal sealed class JsonLineFormat : ILineFormat
{
    /// <inheritdoc/>
    public string Format(LogEvent logEvent)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", logEvent.Timestamp);
            json.WriteString("level", LevelName.Of(logEvent.Level));
            json.WriteNumber("pid", Environment.ProcessId);
            json.WriteString("message", logEvent.MessageTemplate.Text);
            foreach (var property in logEvent.Properties)
                WriteValue(json, property.Key, property.Value is ScalarValue scalar ? scalar.Value : property.Value.ToString());
            if (logEvent.Exception is { } exception)
                json.WriteString("exception", Beginning(exception.ToString(), TextLineFormat.MaxExceptionCharacters));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case double number:
                json.WriteNumber(name, Math.Round(number, 3));
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            default:
                json.WriteString(name, Beginning(value.ToString() ?? "", TextLineFormat.MaxValueCharacters));
                break;
        }
    }

    private static string Beginning(string text, int maxCharacters) =>
        text.Length <= maxCharacters ? text : text[..maxCharacters] + "...";
}
