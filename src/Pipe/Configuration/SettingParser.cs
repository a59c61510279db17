using System.Globalization;

namespace Pipe.Configuration;

/// <summary>Checks the text of a value against its setting, the same for all sources.</summary>
internal static class SettingParser
{
    /// <summary>Returns what is wrong with the text, or <c>null</c> and the value in its usual form.</summary>
    /// <param name="setting">What the value is for.</param>
    /// <param name="text">The value as given.</param>
    /// <param name="baseFolder">What a relative path is relative to.</param>
    /// <param name="value">The value in its usual form.</param>
    public static string? Parse(Setting setting, string text, string baseFolder, out string value)
    {
        value = text;
        switch (setting.Kind)
        {
            case SettingKind.Path:
                if (text.Contains('\0'))
                    return "is not a path";
                value = Path.GetFullPath(Path.Combine(baseFolder, text));
                return null;

            case SettingKind.Url:
                return ParseUrl(text);

            case SettingKind.Seconds or SettingKind.Number:
                return ParseNumber(setting, text, text, 1, ref value);

            case SettingKind.Size:
                return ParseSize(setting, text, ref value);

            case SettingKind.Choice:
                return setting.Choices.Contains(text) ? null : "must be one of: " + string.Join(", ", setting.Choices);

            case SettingKind.Choices:
                return ParseChoices(setting, text, ref value);

            case SettingKind.Flag:
                return text is "true" or "false" ? null : "must be true or false";

            default:
                return null;
        }
    }

    // A name that is misspelt would switch nothing off, and nobody would notice.
    private static string? ParseChoices(Setting setting, string text, ref string value)
    {
        var chosen = new List<string>();
        foreach (string name in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (setting.Choices.FirstOrDefault(choice => string.Equals(choice, name, StringComparison.OrdinalIgnoreCase)) is { } known)
                chosen.Add(known);
            else if (NearestName.Of(name, setting.Choices) is { } nearest)
                return $"does not know \"{name}\"; did you mean \"{nearest}\"?";
            else
                return $"does not know \"{name}\"; it may hold: {string.Join(", ", setting.Choices)}";
        }

        value = string.Join(", ", chosen);
        return null;
    }

    // HTTP does not send what stands before the "@", and all that logs and commands show of a URL would show it.
    private static string? ParseUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return "is not an absolute http or https URL";
        return url.UserInfo.Length > 0 ? "must not hold a user name or a password; the key goes into keyFile" : null;
    }

    private static string? ParseSize(Setting setting, string text, ref string value)
    {
        long unit = text.Length == 0 ? 1 : char.ToUpperInvariant(text[^1]) switch
        {
            'K' => 1L << 10,
            'M' => 1L << 20,
            'G' => 1L << 30,
            _ => 1,
        };
        return ParseNumber(setting, text, unit == 1 ? text : text[..^1], unit, ref value);
    }

    private static string? ParseNumber(Setting setting, string text, string digits, long unit, ref string value)
    {
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number > long.MaxValue / unit)
            return "is not a whole number";

        number *= unit;
        if (number < setting.Minimum || number > setting.Maximum)
        {
            return setting.Maximum == long.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"must be at least {setting.Minimum}")
                : string.Create(CultureInfo.InvariantCulture, $"must be from {setting.Minimum} to {setting.Maximum}");
        }

        value = number.ToString(CultureInfo.InvariantCulture);
        return null;
    }
}
