namespace Pipe.Tickets.Filters;

/// <summary>The comparisons that a ticket filter's rule may ask for (<c>filter_rule.how</c>).</summary>
public static class FilterOperator
{
    /// <summary>Whether a rule holds. A comparison of an unknown name never holds.</summary>
    /// <param name="name">The name as stored: equal, not_equal, contains, dn_contain, starts, ends, match, not_match.</param>
    /// <param name="subject">The text from the mail.</param>
    /// <param name="value">The rule's value; for match and not_match a delimited regular expression such as "/^hello/i".</param>
    /// <remarks>Letters A to Z compare without case. A regular expression that is broken or runs too long does not match.</remarks>
    public static bool Holds(string name, string subject, string value) => name switch
    {
        "equal" => AsciiText.EqualsIgnoreCase(subject, value),
        "not_equal" => !AsciiText.EqualsIgnoreCase(subject, value),
        "contains" => AsciiText.IndexOfIgnoreCase(subject, value) >= 0,
        "dn_contain" => AsciiText.IndexOfIgnoreCase(subject, value) < 0,
        "starts" => AsciiText.StartsWithIgnoreCase(subject, value),
        "ends" => AsciiText.EndsWithIgnoreCase(subject, value),
        "match" => DelimitedRegex.IsMatch(value, subject) == true,
        "not_match" => DelimitedRegex.IsMatch(value, subject) != true,
        _ => false,
    };
}
