namespace Pipe.Outgoing;

/// <summary>What became of one mail: a line of the log.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Kind">The mail's kind, as <see cref="NotificationKind"/> spells it.</param>
/// <param name="Recipient">Its recipient's address.</param>
/// <param name="MessageId">Its own Message-ID.</param>
/// <param name="Detail">Through which transport; what failed. Never a secret.</param>
public sealed record HandOver(HandOverOutcome Outcome, string Kind, string Recipient, string MessageId, string Detail);
