namespace Pipe.Store.Settings;

/// <summary>A ticket filter: rules, and what happens to mail that matches them.</summary>
internal sealed record TicketFilter(int Id, string Name, bool IsActive, bool MatchesAll, bool Stops, string Target, int EmailId)
{
    /// <summary>The filter that holds the banned addresses.</summary>
    public const string BanListName = "SYSTEM BAN LIST";

    public List<FilterRule> Rules { get; } = [];

    public List<FilterAction> Actions { get; } = [];

    public bool IsBanList => string.Equals(Name, BanListName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the filter looks at mail to this mailbox.</summary>
    public bool AppliesTo(int emailId) =>
        IsActive && (EmailId == 0 || EmailId == emailId) && Target is "Any" or "Email";
}
