using Pipe.Tickets.Reading;

namespace Pipe.Tickets.Entries;

/// <summary>The title of a thread entry (<c>thread_entry.title</c>): text in which HTML's special characters are entities.</summary>
public static class EntryTitle
{
    /// <summary>The title for a decoded subject, or <c>null</c> when nothing of it is left. Not cut to the column's width.</summary>
    /// <remarks>What looks like tags stays, as text: "List&lt;String&gt;" is a subject.</remarks>
    public static string? FromSubject(string subject)
    {
        string text = PlainLine.DecodeEntities(PlainLine.DecodeBasicEntities(subject));
        text = PlainLine.CollapseWhiteSpace(text);
        text = PlainLine.EscapeText(EmoticonFilter.Remove(MailText.WithoutControls(text)));
        return text.Trim(' ').Length == 0 ? null : text;
    }
}
