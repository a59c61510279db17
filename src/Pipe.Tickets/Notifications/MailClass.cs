namespace Pipe.Tickets.Notifications;

/// <summary>How an automatic mail marks itself for other programs (RFC 3834).</summary>
public enum MailClass
{
    /// <summary>An answer to a message: <c>Auto-Submitted: auto-replied</c>.</summary>
    Autoreply,

    /// <summary>Written because something happened: <c>Auto-Submitted: auto-generated</c>.</summary>
    Notice,
}
