using System.Text;

namespace Pipe.Commands.Setup;

/// <summary>What to put where, so that one mail system hands the mail for one address to this program.</summary>
internal static class Recipe
{
    private const string ResourcePrefix = "recipe.";

    /// <summary>The mail systems there are recipes for, with the first line of each.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All()
    {
        foreach (string resource in typeof(Recipe).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (resource.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            {
                string name = resource[ResourcePrefix.Length..];
                string title = Read(name)!.Split('\n', 2)[0].TrimStart('#', ' ');
                int end = title.IndexOf(". Mail for", StringComparison.Ordinal);
                yield return new(name, end < 0 ? title : title[..end]);
            }
        }
    }

    /// <summary>The recipe for a mail system, filled in; <c>null</c> where there is none of that name.</summary>
    /// <param name="system">The name of the mail system.</param>
    /// <param name="address">The address whose mail becomes tickets: a local part, an at sign and a domain.</param>
    /// <param name="executable">The absolute path of the executable.</param>
    /// <param name="home">The home folder of the account, or <c>null</c> where it is not known.</param>
    public static string? Fill(string system, string address, string executable, string? home)
    {
        if (Read(system) is not { } template)
            return null;

        int at = address.LastIndexOf('@');
        var text = new StringBuilder(template);
        text.Replace("{pipe}", executable);
        text.Replace("{folder}", Path.GetDirectoryName(executable));
        text.Replace("{address}", address);
        text.Replace("{local}", address[..at]);
        text.Replace("{domain}", address[(at + 1)..]);
        text.Replace("{home}", home ?? "/home/account");
        return text.ToString();
    }

    private static string? Read(string system)
    {
        using var resource = typeof(Recipe).Assembly.GetManifestResourceStream(ResourcePrefix + system);
        if (resource is null)
            return null;
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
