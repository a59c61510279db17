using System.Text.Json;
using Pipe.Platform;

namespace Pipe.Configuration;

/// <summary>Reads the configuration file: one JSON object, comments and a trailing comma allowed.</summary>
internal static class SettingsFile
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Reads the file into the settings. What is wrong with it is noted there and the rest is used.</summary>
    public static void Read(string path, SettingsBuilder settings)
    {
        byte[] bytes;
        try
        {
            bytes = SmallFile.Read(path, MaxBytes + 1);
        }
        catch (IOException ex)
        {
            settings.AddError($"{path}: cannot be read: {ex.Message}");
            return;
        }

        if (bytes.Length > MaxBytes)
        {
            settings.AddError($"{path}: is too large for a configuration file");
            return;
        }

        try
        {
            ReadObject(path, bytes, settings);
        }
        catch (JsonException ex)
        {
            settings.AddError($"{path}: is not JSON: {ex.Message}");
        }
        catch (InvalidOperationException)
        {
            // Bytes that are not UTF-8, or half a surrogate pair as \u.
            settings.AddError($"{path}: holds text that is not UTF-8");
        }
    }

    private static void ReadObject(string path, ReadOnlySpan<byte> bytes, SettingsBuilder settings)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];

        string source = "file " + path;
        string folder = Path.GetDirectoryName(path) ?? "/";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            settings.AddError($"{path}: must hold one JSON object");
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (!seen.Add(key))
            {
                settings.AddError($"{path}: the key \"{key}\" stands there twice");
            }
            else if (KnownSettings.ByKey(key) is not { } setting)
            {
                settings.AddError($"{path}: unknown key \"{key}\"" + Suggestion(key));
            }
            else if (ReadValue(ref reader) is not { } text)
            {
                settings.AddError($"{path}: the value of \"{key}\" must be a text, a number, true or false");
            }
            else
            {
                settings.Add(setting, text, SettingRank.File, source, folder);
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                reader.Skip();
        }

        reader.Read();
    }

    private static string? ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };

    private static string Suggestion(string key) =>
        NearestName.Of(key, KnownSettings.All.Select(setting => setting.Key)) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";
}
