using Pipe.Tickets.Entries;

namespace Pipe.Store.Intake;

/// <summary>Writes the rows under which entries, tickets and users are found.</summary>
/// <remarks>An installation may search elsewhere and lack the table; then there is nothing to write.</remarks>
internal static class SearchIndex
{
    private const string ReplaceSql = "REPLACE INTO $_search (object_type, object_id, title, content) VALUES (@type, @id, @title, @content)";

    public static void WriteEntry(StoreSession session, long entryId, string? title, string content)
    {
        if (!string.IsNullOrEmpty(title) || content.Length > 0)
            Replace(session, "H", entryId, title ?? "", content);
    }

    public static void WriteTicket(StoreSession session, long ticketId, string number, string subject, string answers) =>
        Replace(session, "T", ticketId, $"{number} {Plain(subject)}", Plain(answers));

    // osTicket names a new user's address twice: once as the contact form's, once as the user's.
    public static void WriteUser(StoreSession session, long userId, string name, string address) =>
        Replace(session, "U", userId, Plain(name), $" {address}\n{address}");

    private static string Plain(string text) => SearchText.OfEntry(BodyFormat.Text, text);

    private static void Replace(StoreSession session, string type, long id, string title, string content) =>
        session.TryExecute(ReplaceSql, ("type", type), ("id", id), ("title", title), ("content", content));
}
