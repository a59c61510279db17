using System.Globalization;

namespace Pipe.MySql.Session;

/// <summary>What the server's version text says.</summary>
internal readonly record struct ServerVersion(string Text, int Major, int Minor, bool IsMariaDb)
{
    // MariaDB 10 and later put this in front for old replicas, which could not read a version of two digits.
    private const string ReplicationPrefix = "5.5.5-";

    public static ServerVersion Parse(string text)
    {
        var isMariaDb = text.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);
        if (isMariaDb && text.StartsWith(ReplicationPrefix, StringComparison.Ordinal))
            text = text[ReplicationPrefix.Length..];
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            end++;
        var numbers = text[..end].Split('.');
        return new ServerVersion(text, Number(numbers, 0), Number(numbers, 1), isMariaDb);
    }

    public bool IsAtLeast(int major, int minor) => Major > major || (Major == major && Minor >= minor);

    private static int Number(string[] numbers, int index) =>
        index < numbers.Length && int.TryParse(numbers[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
