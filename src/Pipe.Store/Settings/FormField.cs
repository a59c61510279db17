using System.Globalization;

namespace Pipe.Store.Settings;

/// <summary>A field of one of the help desk's forms.</summary>
internal sealed record FormField(int Id, int FormId, int Flags, string Type, string Name)
{
    /// <summary>Whether the field has a value, and the value is an answer of the form: not only shown, and not stored elsewhere.</summary>
    public bool IsAnswered => (Flags & 2) == 0 && Type is not ("break" or "info" or "thread");

    /// <summary>The field's column in the table of answers.</summary>
    public string Column => Name.Length > 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"field_{Id}");

    /// <summary>What <c>form_entry_values.value</c> holds when nobody filled the field in.</summary>
    public string? EmptyValue => Type switch
    {
        "bool" => "0",
        "files" => "false",
        _ => null,
    };

    /// <summary>What the field's column in the table of answers holds when nobody filled it in.</summary>
    public string EmptyColumn => Type is "bool" or "datetime" ? "0" : "";
}
