namespace Pipe.Tickets.Notifications;

/// <summary>A person's name in its parts, as far as they can be told.</summary>
/// <param name="Original">The name as stored.</param>
/// <param name="Salutation">Such as "Dr."; may be empty.</param>
/// <param name="First">The first name.</param>
/// <param name="Middle">Names in between; may be empty.</param>
/// <param name="Last">The last name; may be empty.</param>
/// <param name="Suffix">Such as "Jr."; may be empty.</param>
public sealed record DisplayName(string Original, string Salutation, string First, string Middle, string Last, string Suffix)
{
    /// <summary>Splits a name at blanks; a first and a last word with a dot are salutation and suffix.</summary>
    public static DisplayName Split(string name)
    {
        var words = new List<string>(name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (words.Count == 1 && words[0].Contains('.', StringComparison.Ordinal))
            words = [.. words[0].Split('.', StringSplitOptions.RemoveEmptyEntries)];

        string salutation = "";
        string suffix = "";
        if (words.Count > 1 && words[0].Contains('.', StringComparison.Ordinal))
        {
            salutation = words[0];
            words.RemoveAt(0);
        }

        if (words.Count > 1 && words[^1].Contains('.', StringComparison.Ordinal))
        {
            suffix = words[^1];
            words.RemoveAt(words.Count - 1);
        }

        string first = words.Count > 0 ? words[0] : "";
        string last = words.Count > 1 ? words[^1] : "";
        string middle = words.Count > 2 ? string.Join(' ', words.GetRange(1, words.Count - 2)) : "";
        return new DisplayName(name, salutation, first, middle, last, suffix);
    }

    /// <summary>An agent's name, whose parts the store knows.</summary>
    public static DisplayName Of(Agent agent) => new(agent.FullName, "", agent.FirstName, "", agent.LastName, "");

    /// <summary>The name in one of the help desk's formats; an unknown one gives the original.</summary>
    public string Format(string format) => format switch
    {
        "first" => First,
        "last" => Last,
        "middle" => Middle,
        "salutation" => Salutation,
        "suffix" => Suffix,
        "full" => Join(First, Last),
        "complete" or "legal" => Join(First, format == "legal" ? Initial(Middle) : Middle, Last, Suffix),
        "lastfirst" => Last.Length > 0 && First.Length > 0 ? $"{Last}, {First}" : Join(Last, First),
        "formal" => Join(Salutation, Last),
        "short" => Join(First, Initial(Last)),
        "shortformal" => Join(Initial(First), Last),
        _ => Original,
    };

    private static string Initial(string name) => name.Length == 0 ? "" : $"{name[..(char.IsHighSurrogate(name[0]) && name.Length > 1 ? 2 : 1)]}.";

    private static string Join(params ReadOnlySpan<string> parts)
    {
        var joined = new List<string>(parts.Length);
        foreach (string part in parts)
        {
            if (part.Length > 0)
                joined.Add(part);
        }

        return string.Join(' ', joined);
    }
}
