using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Pipe.Mime;

/// <summary>Message identifiers without their angle brackets.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is MimeKit's.")]
public class MessageIdList : Collection<string>
{
    /// <summary>Creates an empty list.</summary>
    public MessageIdList()
    {
    }

    internal MessageIdList(List<string> ids)
        : base(ids)
    {
    }

    internal event EventHandler? Changed;

    /// <summary>Adds identifiers.</summary>
    public void AddRange(IEnumerable<string> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (string item in items)
            Add(item);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', this.Select(static id => "<" + id + ">"));

    /// <inheritdoc/>
    protected override void InsertItem(int index, string item)
    {
        ArgumentNullException.ThrowIfNull(item);
        base.InsertItem(index, Utils.MimeUtils.ParseMessageId(item) ?? item);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <inheritdoc/>
    protected override void SetItem(int index, string item)
    {
        ArgumentNullException.ThrowIfNull(item);
        base.SetItem(index, Utils.MimeUtils.ParseMessageId(item) ?? item);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <inheritdoc/>
    protected override void RemoveItem(int index)
    {
        base.RemoveItem(index);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <inheritdoc/>
    protected override void ClearItems()
    {
        base.ClearItems();
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
