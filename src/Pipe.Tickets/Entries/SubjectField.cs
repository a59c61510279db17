namespace Pipe.Tickets.Entries;

/// <summary>The subject as the ticket form holds it (<c>form_entry_values.value</c>, <c>ticket__cdata.subject</c>): plain text.</summary>
public static class SubjectField
{
    /// <summary>The field for a decoded subject; empty when nothing of it is left.</summary>
    public static string FromSubject(string subject) =>
        EmoticonFilter.Remove(TagStripper.Strip(PlainLine.DecodeBasicEntities(subject), dropScripts: false));
}
