using Pipe.Tickets.Entries;

namespace Pipe.Store.Intake;

/// <summary>Collects the rows under which entries, tickets and users are found, and writes them together.</summary>
/// <remarks>An installation may search elsewhere and lack the table; then there is nothing to write.</remarks>
internal sealed class SearchIndex(StoreSession session)
{
    private const string ReplaceSql = "REPLACE INTO $_search (object_type, object_id, title, content) VALUES ";

    private const int MaxRowsPerStatement = 100;

    private readonly List<(string Type, long Id, string Title, string Content)> _rows = [];

    public void AddEntry(long entryId, string? title, string content)
    {
        if (!string.IsNullOrEmpty(title) || content.Length > 0)
            _rows.Add(("H", entryId, title ?? "", content));
    }

    public void AddTicket(long ticketId, string number, string subject, string answers) =>
        _rows.Add(("T", ticketId, $"{number} {Plain(subject)}", Plain(answers)));

    // osTicket names a new user's address twice: once as the contact form's, once as the user's.
    public void AddUser(long userId, string name, string address) => _rows.Add(("U", userId, Plain(name), $" {address}\n{address}"));

    public void Write()
    {
        foreach (var batch in _rows.Chunk(MaxRowsPerStatement))
        {
            var arguments = new List<SqlArgument>(batch.Length * 4);
            for (int i = 0; i < batch.Length; i++)
            {
                arguments.Add(new($"type{i}", batch[i].Type));
                arguments.Add(new($"id{i}", batch[i].Id));
                arguments.Add(new($"title{i}", batch[i].Title));
                arguments.Add(new($"content{i}", batch[i].Content));
            }

            session.TryExecute(ReplaceSql + SqlList.Rows("(@type#,@id#,@title#,@content#)", batch.Length), [.. arguments]);
        }

        _rows.Clear();
    }

    private static string Plain(string text) => SearchText.OfEntry(BodyFormat.Text, text);
}
