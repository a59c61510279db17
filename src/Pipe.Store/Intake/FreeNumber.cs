namespace Pipe.Store.Intake;

/// <summary>A ticket number that was free some time ago.</summary>
/// <param name="Number">The number.</param>
/// <param name="NewestTicket">The id of the ticket that was the newest one then.</param>
/// <param name="NewestNumber">That ticket's number.</param>
internal sealed record FreeNumber(string Number, long NewestTicket, string NewestNumber);
