using System.Globalization;

namespace Pipe.Commands.Doctor.MailSystems;

/// <summary>What Postfix's <c>main.cf</c> says.</summary>
internal sealed class PostfixSettings
{
    public const string Path = "/etc/postfix/main.cf";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private PostfixSettings()
    {
    }

    /// <summary>The values, or <c>null</c> where there is no Postfix.</summary>
    public static PostfixSettings? Load(Machine machine)
    {
        if (!machine.Exists(Path))
            return null;
        var settings = new PostfixSettings();
        foreach (var line in LogicalLine.Read(machine.Read(Path, out _), isFolded: true))
        {
            if (line.Text.IndexOf('=') is var equals and > 0)
                settings._values[line.Text[..equals].Trim()] = line.Text[(equals + 1)..].Trim();
        }

        return settings;
    }

    /// <summary>The value that is written there, or <c>null</c>.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>The files of aliases that the local delivery reads: those of types that are made of a text file.</summary>
    public IEnumerable<string> AliasFiles() => (this["alias_maps"] ?? "hash:/etc/aliases")
        .Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries)
        .Select(map => map.Split(':', 2))
        .Where(map => map.Length == 2 && map[1].StartsWith('/') && map[0] is "hash" or "btree" or "lmdb" or "cdb" or "texthash" or "dbm" or "sdbm")
        .Select(map => map[1]);

    /// <summary>A number of bytes.</summary>
    public long Number(string name, long missing) =>
        long.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : missing;

    /// <summary>A time.</summary>
    public TimeSpan Time(string name, TimeSpan missing) => ParseTime(this[name] ?? "") ?? missing;

    /// <summary>A time with its unit (s, m, h, d, w); seconds without one. <c>null</c> for anything else.</summary>
    public static TimeSpan? ParseTime(string text)
    {
        int digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (!int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            return null;
        return text[digits..] switch
        {
            "" or "s" => TimeSpan.FromSeconds(value),
            "m" => TimeSpan.FromMinutes(value),
            "h" => TimeSpan.FromHours(value),
            "d" => TimeSpan.FromDays(value),
            "w" => TimeSpan.FromSeconds(7L * 24 * 60 * 60 * value),
            _ => null,
        };
    }
}
