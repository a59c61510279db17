namespace Pipe.Tickets.Notifications;

/// <summary>Where mails wait until the entry that they tell of is durable.</summary>
public interface IOutbox
{
    /// <summary>
    /// Keeps the mails, durably but not released: nobody sends them before <see cref="IStagedMail.Release"/>. If the process dies
    /// in between, a later one releases them if the store has the entry, and forgets them if not.
    /// </summary>
    /// <param name="cause">The entry they tell of.</param>
    /// <param name="mails">At least one.</param>
    /// <exception cref="IOException">They cannot be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be kept there.</exception>
    IStagedMail Stage(NotificationCause cause, IReadOnlyList<OutgoingMail> mails);
}
