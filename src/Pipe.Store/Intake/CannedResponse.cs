using System.Data.Common;
using Pipe.Store.Notifications;
using Pipe.Tickets.Entries;

namespace Pipe.Store.Intake;

/// <summary>A response that a ticket filter gives to every ticket it matches.</summary>
internal sealed class CannedResponse(IntakeContext context, string response, IReadOnlyList<EntryAttachment> files)
{
    private const string Poster = "SYSTEM (Canned Reply)";

    /// <summary>Writes the response as an answer to the ticket's first message; returns its entry.</summary>
    public long Write(TicketState ticket, long messageId, EntryContent message)
    {
        bool isHtml = context.Settings.RichText;
        string text = Expand(new PostedMessage(ticket, messageId, message) { IsNewTicket = true, UserId = ticket.UserId });
        var body = EntryBody.FromMail(
            new MailBody(isHtml ? BodyFormat.Html : BodyFormat.Text, text), new EntryBodyOptions { IframeHosts = context.Settings.IframeHosts });
        var content = EntryContent.Of(body.Format, body.Content, files);
        return new EntryWriter(context).Write(new NewEntry
        {
            Type = 'R',
            ThreadId = ticket.ThreadId,
            ParentId = messageId,
            Flags = EntryFlags.System | (isHtml ? EntryFlags.Balanced : EntryFlags.None),
            Poster = Poster,
            Source = "",
            Content = content,
        });
    }

    // Until the end of the delivery the ticket's row has no status.
    private string Expand(PostedMessage posted)
    {
        if (!response.Contains('%', StringComparison.Ordinal))
            return response;
        try
        {
            var options = context.Session.Options.Notifications ?? new NotificationOptions();
            var facts = new NotificationReader(context, posted, options) { WithTemplates = false }.Read();
            string status = context.Settings.Status(posted.Ticket.StatusId)?.Name ?? "";
            return TicketText.Expand(response, facts with { Ticket = facts.Ticket with { Status = status } });
        }
        catch (DbException e) when (context.Session.Dialect.IsMissingObject(e))
        {
            context.Trace.Warn($"the variables of a canned response stay as they are, for the help desk's tables are unlike those of osTicket 1.18: {e.Message}");
            return response;
        }
    }
}
