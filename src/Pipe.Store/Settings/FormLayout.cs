namespace Pipe.Store.Settings;

/// <summary>The fields of the form that counts for tickets, users or organisations.</summary>
internal sealed class FormLayout
{
    private readonly List<FormField> _fields = [];

    /// <summary>The form's id; 0 when the installation has none.</summary>
    public int FormId { get; private set; }

    public IReadOnlyList<FormField> Fields => _fields;

    /// <summary>Adds a field of the first form; those of other forms are left aside.</summary>
    public void Add(FormField field)
    {
        if (FormId == 0)
            FormId = field.FormId;
        if (field.FormId == FormId)
            _fields.Add(field);
    }
}
