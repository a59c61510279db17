using System.Text;
using Pipe.Tickets.Entries;

namespace Pipe.Tickets.People;

/// <summary>The name under which a new user is stored.</summary>
public static class PersonName
{
    /// <summary>The name for the author of a message.</summary>
    public static string FromAuthor(Correspondent author)
    {
        string line = EmoticonFilter.Remove(TagStripper.Strip(PlainLine.DecodeBasicEntities(author.Name), dropScripts: false));
        return Stored(line, author.Address);
    }

    /// <summary>The name for a person in To or Cc.</summary>
    public static string FromAddressee(string address, string name) => Stored(name, address);

    private static string Stored(string name, string address)
    {
        // What readers of C strings would make of it.
        int nul = name.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
            name = name[..nul];

        name = PlainLine.CollapseWhiteSpace(PlainLine.DecodeEntities(name));
        if (name.AsSpan().Trim().IsEmpty)
            return LocalPart(address);

        name = InReadingOrder(name);
        return AddressSyntax.IsValid(name) ? TitleCase(LocalPart(name).Replace('.', ' ')) : name;
    }

    private static string LocalPart(string address)
    {
        int at = address.LastIndexOf('@');
        return at < 0 ? address : address[..at];
    }

    // "Last, First" and "Last, First, Suffix".
    private static string InReadingOrder(string name)
    {
        string[] parts = name.Split(',', 4);
        return parts.Length switch
        {
            2 => $"{parts[1].Trim()} {parts[0].Trim()}",
            3 => $"{parts[1].Trim()} {parts[0].Trim()} {parts[2].Trim()}",
            _ => name,
        };
    }

    private static string TitleCase(string text)
    {
        var title = new StringBuilder(text.Length);
        bool inWord = false;
        foreach (char c in text)
        {
            title.Append(inWord ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            inWord = char.IsLetterOrDigit(c) || c is '\'' or '_';
        }

        return title.ToString();
    }
}
