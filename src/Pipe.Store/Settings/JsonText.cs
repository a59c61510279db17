using System.Globalization;
using System.Text.Json;

namespace Pipe.Store.Settings;

/// <summary>The JSON that osTicket keeps in text columns, where numbers may be strings and anything may be missing.</summary>
internal static class JsonText
{
    /// <summary>The object, or <c>null</c> when the text is something else. An empty array is how PHP writes an empty object.</summary>
    public static JsonDocument? TryParseObject(string text)
    {
        if (text.Length == 0)
            return null;
        try
        {
            var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // An administrator's table edited by hand; the property counts as missing.
        }

        return null;
    }

    /// <summary>A number by its name; 0 when it is missing or none.</summary>
    public static int Int(string text, string property)
    {
        using var document = TryParseObject(text);
        return document is not null && document.RootElement.TryGetProperty(property, out var value) ? ToInt(value) : 0;
    }

    /// <summary>The whole numbers of a list by its name.</summary>
    public static List<int> Ints(string text, string property)
    {
        var numbers = new List<int>();
        using var document = TryParseObject(text);
        if (document is not null && document.RootElement.TryGetProperty(property, out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in list.EnumerateArray())
                numbers.Add(ToInt(element));
        }

        return numbers;
    }

    public static int ToInt(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt32(out int number) => number,
        JsonValueKind.String when int.TryParse(value.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) => number,
        JsonValueKind.True => 1,
        _ => 0,
    };

    /// <summary>What PHP takes for true.</summary>
    public static bool IsTruthy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => value.TryGetDouble(out double number) && number != 0,
        JsonValueKind.String => value.GetString() is not (null or "" or "0"),
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => true,
        _ => false,
    };
}
