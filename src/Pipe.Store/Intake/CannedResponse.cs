using Pipe.Store.People;
using Pipe.Tickets.Entries;

namespace Pipe.Store.Intake;

/// <summary>A response that a ticket filter gives to every ticket it matches.</summary>
internal sealed class CannedResponse(IntakeContext context, string response, IReadOnlyList<EntryAttachment> files)
{
    private const string Poster = "SYSTEM (Canned Reply)";

    /// <summary>Writes the response as an answer to the ticket's first message; returns its entry.</summary>
    public long Write(TicketState ticket, long messageId, KnownUser owner)
    {
        bool isHtml = context.Settings.RichText;
        string text = new TicketVariables(context, ticket, owner).Expand(response);
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
}
