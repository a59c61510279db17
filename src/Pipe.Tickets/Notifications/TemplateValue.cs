namespace Pipe.Tickets.Notifications;

/// <summary>What a placeholder stands for.</summary>
internal abstract record TemplateValue
{
    private TemplateValue()
    {
    }

    /// <summary>Nothing: an unknown member, or one that is not set.</summary>
    public static TemplateValue Empty { get; } = new Plain("");

    /// <summary>Text that is no markup, whatever is in it.</summary>
    public sealed record Plain(string Text) : TemplateValue;

    /// <summary>HTML that the store holds sanitised, or that an administrator wrote.</summary>
    public sealed record Markup(string Html) : TemplateValue;

    /// <summary>Something with members; <paramref name="Self"/> is what it shows when no member is named.</summary>
    public sealed record Member(Func<string, TemplateValue?> Find, TemplateValue Self) : TemplateValue;

    /// <summary>A value that costs something to make.</summary>
    public sealed record Deferred(Func<TemplateValue> Make) : TemplateValue;

    /// <summary>Files that are attached where the placeholder stands; it shows nothing.</summary>
    public sealed record Files(Func<IReadOnlyList<OutgoingFile>> Load) : TemplateValue;

    public static TemplateValue Of(string? text) => string.IsNullOrEmpty(text) ? Empty : new Plain(text);
}
