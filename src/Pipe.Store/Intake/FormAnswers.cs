using System.Globalization;
using System.Text;
using Pipe.Store.Settings;

namespace Pipe.Store.Intake;

/// <summary>The answers of one form on their way into <c>form_entry</c>, <c>form_entry_values</c> and the table that mirrors them.</summary>
internal sealed class FormAnswers
{
    private const string InsertEntrySql = """
        INSERT INTO $form_entry (form_id, object_id, object_type, sort, created, updated) VALUES (@form, @object, @type, 1, @now, @now)
        """;

    private const string InsertEntriesSql = "INSERT INTO $form_entry (form_id, object_id, object_type, sort, created, updated) VALUES ";

    private const string EntriesSql = "SELECT id FROM $form_entry WHERE form_id = @form AND object_type = @type AND object_id IN (";

    private readonly List<Answer> _answers = [];

    /// <summary>The answers of a form that nobody has filled in.</summary>
    public static FormAnswers Empty(FormLayout form)
    {
        var answers = new FormAnswers();
        foreach (var field in form.Fields)
        {
            if (field.IsAnswered)
                answers.Add(field, field.EmptyValue, field.EmptyColumn);
        }

        return answers;
    }

    /// <summary>Adds an answer.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The stored value, or <c>null</c> for none.</param>
    /// <param name="column">The text in the mirroring table.</param>
    /// <param name="valueId">The id of the value, where it is an object of its own.</param>
    public void Add(FormField field, string? value, string column, int? valueId = null) => _answers.Add(new(field, value, column, valueId));

    public void Write(IntakeContext context, int formId, char objectType, long objectId)
    {
        long entryId = context.Session.Insert(
            InsertEntrySql, ("form", formId), ("object", objectId), ("type", objectType.ToString()), ("now", context.Clock.Timestamp));
        foreach (var answer in _answers)
            context.Answers.Add(entryId, answer.Field.Id, answer.Value, answer.ValueId);
    }

    /// <summary>Writes the same answers for several new objects.</summary>
    public void WriteAll(IntakeContext context, int formId, char objectType, IReadOnlyList<long> objectIds)
    {
        var sql = new StringBuilder(InsertEntriesSql);
        for (int i = 0; i < objectIds.Count; i++)
            sql.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"(@form, {objectIds[i]}, @type, 1, @now, @now)");
        context.Session.Execute(sql.ToString(), ("form", formId), ("type", objectType.ToString()), ("now", context.Clock.Timestamp));

        var entryIds = new List<long>(objectIds.Count);
        using (var rows = context.Session.Query(EntriesSql + SqlList.Names("o", objectIds.Count) + ") ORDER BY id",
            [new("form", formId), new("type", objectType.ToString()), .. SqlList.Arguments("o", objectIds)]))
        {
            while (rows.Read())
                entryIds.Add(rows.Long(0));
        }

        foreach (long entryId in entryIds)
        {
            foreach (var answer in _answers)
                context.Answers.Add(entryId, answer.Field.Id, answer.Value, answer.ValueId);
        }
    }

    /// <summary>Writes the mirroring table for several objects.</summary>
    public void WriteColumns(IntakeContext context, string table, string idColumn, IReadOnlyList<long> objectIds)
    {
        if (TryWriteColumns(context.Session, table, idColumn, objectIds))
            return;
        foreach (long objectId in objectIds)
            WriteColumns(context, table, idColumn, objectId);
    }

    /// <summary>Writes the mirroring table, which may lack columns of later fields or be missing as a whole.</summary>
    public void WriteColumns(IntakeContext context, string table, string idColumn, long objectId)
    {
        var session = context.Session;
        if (TryWriteColumns(session, table, idColumn, [objectId])
            || !session.TryExecute($"{session.Dialect.InsertIfAbsent} INTO {table} ({idColumn}) VALUES (@id)", ("id", objectId)))
            return;
        foreach (var answer in _answers)
            session.TryExecute($"UPDATE {table} SET {Quoted(answer.Field)} = @value WHERE {idColumn} = @id", ("value", answer.Column), ("id", objectId));
    }

    private bool TryWriteColumns(StoreSession session, string table, string idColumn, IReadOnlyList<long> objectIds)
    {
        var columns = new StringBuilder(idColumn);
        var values = new StringBuilder();
        var arguments = new List<SqlArgument>();
        for (int i = 0; i < _answers.Count; i++)
        {
            columns.Append(',').Append(Quoted(_answers[i].Field));
            values.Append(",@value").Append(i);
            arguments.Add(new($"value{i}", _answers[i].Column));
        }

        var rows = new StringBuilder();
        for (int i = 0; i < objectIds.Count; i++)
        {
            rows.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"(@id{i}{values})");
            arguments.Add(new($"id{i}", objectIds[i]));
        }

        return session.TryExecute($"REPLACE INTO {table} ({columns}) VALUES {rows}", [.. arguments]);
    }

    // The name is an administrator's; as an identifier only a backtick would end it. "$" is our mark for the prefix.
    private static string Quoted(FormField field) => $"`{field.Column.Replace("`", "``", StringComparison.Ordinal).Replace("$", "", StringComparison.Ordinal)}`";

    private sealed record Answer(FormField Field, string? Value, string Column, int? ValueId);
}
