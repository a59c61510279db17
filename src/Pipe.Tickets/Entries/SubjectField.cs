using System.Text;

namespace Pipe.Tickets.Entries;

/// <summary>The subject as the ticket form holds it (<c>form_entry_values.value</c>, <c>ticket__cdata.subject</c>): plain text.</summary>
/// <remarks>
/// osTicket takes out what looks like tags, and puts the field into HTML as it is (into the mails of agents). Nothing is taken out here,
/// "List&lt;String&gt;" is a subject; but a "&lt;" that would start a tag is stored as its entity, so that the field is no HTML for anybody.
/// </remarks>
public static class SubjectField
{
    private const string Entity = "&lt;";

    /// <summary>The field for a decoded subject; empty when nothing of it is left.</summary>
    public static string FromSubject(string subject) => EmoticonFilter.Remove(WithoutTags(PlainLine.DecodeBasicEntities(subject)));

    /// <summary>The subject that a stored field stands for.</summary>
    public static string ToText(string field) => field.Replace(Entity, "<", StringComparison.Ordinal);

    private static string WithoutTags(string text)
    {
        int at = text.IndexOf('<', StringComparison.Ordinal);
        if (at < 0)
            return text;

        var safe = new StringBuilder(text.Length + Entity.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '<' && i + 1 < text.Length && (char.IsAsciiLetter(text[i + 1]) || text[i + 1] is '/' or '!' or '?'))
                safe.Append(Entity);
            else
                safe.Append(text[i]);
        }

        return safe.ToString();
    }
}
