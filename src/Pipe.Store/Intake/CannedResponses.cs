using Pipe.Store.Files;

namespace Pipe.Store.Intake;

/// <summary>Finds the canned responses that ticket filters choose.</summary>
internal sealed class CannedResponses(IntakeContext context)
{
    private const string FindSql = "SELECT response FROM $canned_response WHERE canned_id = @id AND isenabled = 1";

    private const string FilesSql = """
        SELECT f.id, f.`key`, f.name, a.name, a.inline
          FROM $attachment a JOIN $file f ON f.id = a.file_id WHERE a.object_id = @id AND a.type = 'C' ORDER BY a.id
        """;

    /// <summary>The response, or <c>null</c> when there is none or it is disabled.</summary>
    public CannedResponse? Find(int id)
    {
        if (id == 0 || context.Session.Scalar(FindSql, ("id", id)) is not string response)
            return null;

        var files = new List<EntryAttachment>();
        using var rows = context.Session.Query(FilesSql, ("id", id));
        while (rows.Read())
        {
            var file = new StoredFile(rows.Long(0), rows.Text(1), rows.Text(2));
            files.Add(new EntryAttachment(file, rows.TextOrNull(3) ?? file.Name, rows.IsOn(4)));
        }

        return new CannedResponse(context, response, files);
    }
}
