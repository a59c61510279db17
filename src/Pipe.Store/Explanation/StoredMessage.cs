namespace Pipe.Store.Explanation;

/// <summary>A message that is in a ticket store.</summary>
/// <param name="MessageId">Its Message-ID; empty for one that did not come by mail.</param>
/// <param name="TicketNumber">The ticket, or empty: the message was denied.</param>
/// <param name="EntryId">The thread entry; 0 for a message that was denied.</param>
/// <param name="Kind">What it is: message, response, note, or denied.</param>
/// <param name="Poster">Who wrote it.</param>
/// <param name="Created">When it was stored, in the database's time zone.</param>
public sealed record StoredMessage(string MessageId, string TicketNumber, long EntryId, string Kind, string Poster, string Created);
