namespace Pipe.Store.Settings;

/// <summary>One comparison of a ticket filter.</summary>
internal sealed record FilterRule(string What, string How, string Value, bool IsActive);
