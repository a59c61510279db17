using Pipe.Store.People;

namespace Pipe.Store.Intake;

/// <summary>As whom a message is posted on a thread.</summary>
/// <param name="Role">The part in the ticket.</param>
/// <param name="UserId">The user; 0 for agents and strangers.</param>
/// <param name="StaffId">The agent; 0 for everybody else.</param>
/// <param name="Newcomer">The user who is not on the ticket yet and is put on it with this message; else <c>null</c>.</param>
internal sealed record Poster(PosterRole Role, long UserId, long StaffId, KnownUser? Newcomer = null);
