using Pipe.Tickets.Threading;

namespace Pipe.Store.Intake;

/// <summary>Where in the store a message belongs, and how that was found.</summary>
/// <param name="By">The rule that found it.</param>
/// <param name="EntryId">The entry that is answered; 0 when only the thread is known.</param>
/// <param name="ThreadId">The thread.</param>
/// <param name="Tag">What our own Message-ID said, where one led here.</param>
internal sealed record EntryReference(MatchedBy By, long EntryId, long ThreadId, TicketMessageId? Tag = null);
