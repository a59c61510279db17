namespace Pipe.Store.Intake;

/// <summary>Collects the rows of <c>form_entry_values</c>, and writes them together.</summary>
internal sealed class AnswerRows(StoreSession session)
{
    private const string InsertSql = "INSERT INTO $form_entry_values (entry_id, field_id, value, value_id) VALUES ";

    private const int MaxRowsPerStatement = 100;

    private readonly List<(long EntryId, int FieldId, string? Value, int? ValueId)> _rows = [];

    /// <summary>Adds an answer.</summary>
    public void Add(long entryId, int fieldId, string? value, int? valueId) => _rows.Add((entryId, fieldId, value, valueId));

    public void Write()
    {
        foreach (var batch in _rows.Chunk(MaxRowsPerStatement))
        {
            var arguments = new List<SqlArgument>(batch.Length * 4);
            for (int i = 0; i < batch.Length; i++)
            {
                arguments.Add(new($"entry{i}", batch[i].EntryId));
                arguments.Add(new($"field{i}", batch[i].FieldId));
                arguments.Add(new($"value{i}", batch[i].Value));
                arguments.Add(new($"id{i}", batch[i].ValueId));
            }

            session.Execute(InsertSql + SqlList.Rows("(@entry#,@field#,@value#,@id#)", batch.Length), [.. arguments]);
        }

        _rows.Clear();
    }
}
