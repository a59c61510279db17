using Pipe.Configuration;
using Pipe.MailSystems;

namespace Pipe.Deliveries;

/// <summary>Whether a message is kept in our own spool, and when: the settings' choice, or what the caller needs.</summary>
internal static class SpoolPolicy
{
    /// <summary>Whether a message that cannot be delivered now waits with us instead of with the caller.</summary>
    /// <remarks>
    /// A mail system has a queue of its own. procmail has none: what it cannot hand over is lost or goes elsewhere. And a message
    /// that fails for its own sake would end in a bounce when the queue's patience does: we count, and put it into the quarantine.
    /// </remarks>
    /// <param name="settings">The settings in force.</param>
    /// <param name="caller">The mail system, as in <see cref="Envelope.Caller"/>.</param>
    /// <param name="cause">Why it cannot be delivered; <c>null</c> when that is not known yet.</param>
    public static bool Keeps(Settings settings, string caller, DeferralCause? cause = null) => settings.Spool switch
    {
        "on" => true,
        "auto" => CannotRetry(caller) || cause is DeferralCause.Internal,
        _ => false,
    };

    /// <summary>Whether a message is kept before its delivery begins, so that nothing that happens then can lose it.</summary>
    public static bool KeepsFirst(Settings settings, string caller) => Keeps(settings, caller) && settings.Answer switch
    {
        "after-spool" => true,
        "auto" => CannotRetry(caller),
        _ => false,
    };

    private static bool CannotRetry(string caller) => caller == Caller.Procmail;
}
