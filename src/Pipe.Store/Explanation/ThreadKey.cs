namespace Pipe.Store.Explanation;

/// <summary>One of the ways by which a message could have found a thread, and what came of it.</summary>
/// <param name="Name">What was looked at: "Message-ID", "In-Reply-To or References", "subject".</param>
/// <param name="Value">The key itself, as the message has it; empty when the message has none.</param>
/// <param name="Matched">Whether it leads to a thread, or to the message itself.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record ThreadKey(string Name, string Value, bool Matched, string Reason);
