using System.Text;

namespace Pipe.Tickets.Entries.Html;

/// <summary>Inline styles.</summary>
internal static class StyleAttribute
{
    private static readonly string[] DeniedWords = ["url(", "expression", "javascript", "vbscript", "@import", "behavior", "-moz-binding", "image-set("];

    /// <summary>The declarations that are harmless, each property once; empty when none is left.</summary>
    /// <remarks>
    /// "position" is not allowed (it would let a mail cover the agent's screen), nor anything that loads something. A value with
    /// an escape or a comment is left out, because what it says depends on who reads it.
    /// </remarks>
    public static string Clean(string style)
    {
        var clean = new StringBuilder(style.Length);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in style.AsSpan().Split(';'))
        {
            var declaration = style.AsSpan()[range];
            int colon = declaration.IndexOf(':');
            if (colon < 0)
                continue;

            var property = declaration[..colon].Trim();
            var value = declaration[(colon + 1)..];
            int secondColon = value.IndexOf(':');
            value = (secondColon < 0 ? value : value[..secondColon]).Trim();
            if (value.IsEmpty || !IsProperty(property) || !IsHarmless(value) || !seen.Add(property.ToString()))
                continue;

            if (clean.Length > 0)
                clean.Append(';');
            clean.Append(property).Append(':');
            foreach (char c in value)
                clean.Append(c is '\t' or '\r' or '\n' ? ' ' : c);
        }

        return clean.ToString();
    }

    private static bool IsProperty(ReadOnlySpan<char> property)
    {
        if (property.IsEmpty || property[0] == '-' || property.StartsWith("mso-", StringComparison.OrdinalIgnoreCase)
            || property.Equals("position", StringComparison.OrdinalIgnoreCase))
            return false;

        foreach (char c in property)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                return false;
        }

        return true;
    }

    private static bool IsHarmless(ReadOnlySpan<char> value)
    {
        if (value.ContainsAny("\\{}<>") || value.Contains("/*", StringComparison.Ordinal))
            return false;

        foreach (string word in DeniedWords)
        {
            if (AsciiText.IndexOfIgnoreCase(value, word) >= 0)
                return false;
        }

        return true;
    }
}
