namespace Pipe.Tickets.Notifications;

/// <summary>The code names of the templates (table <c>email_template</c>) for the mails that have one.</summary>
public static class TemplateNames
{
    /// <summary>The name for a mail, or <c>null</c> for one whose text is fixed or stands elsewhere.</summary>
    public static string? Of(NotificationKind kind) => kind switch
    {
        NotificationKind.AssignmentAlert => "assigned.alert",
        NotificationKind.ActivityAlert => "note.alert",
        NotificationKind.CannedReply => "ticket.autoreply",
        NotificationKind.TicketAutoresponse => "ticket.autoresp",
        NotificationKind.TicketAlert => "ticket.alert",
        NotificationKind.LimitNotice => "ticket.overlimit",
        NotificationKind.MessageConfirmation => "message.autoresp",
        NotificationKind.MessageAlert => "message.alert",
        _ => null,
    };
}
