namespace Pipe.Tickets.Notifications;

/// <summary>The names that a template may use.</summary>
internal sealed class TemplateScope
{
    private readonly Dictionary<string, TemplateValue> _values = new(StringComparer.Ordinal);

    public TemplateScope()
    {
    }

    public TemplateScope(TemplateScope parent)
    {
        foreach (var (name, value) in parent._values)
            _values[name] = value;
    }

    public TemplateValue this[string name]
    {
        set => _values[name] = value;
    }

    /// <summary>
    /// The value of a dotted name; <c>null</c> when its first segment is unknown, for then the placeholder stays. The first
    /// segment is case-sensitive, the others are not.
    /// </summary>
    public TemplateValue? Find(string name)
    {
        if (_values.TryGetValue(name, out var whole) && whole is not TemplateValue.Member)
            return whole;

        string[] segments = name.Split('.');
        if (!_values.TryGetValue(segments[0], out var value))
            return null;
        if (value is not TemplateValue.Member)
            return value;

        for (int i = 1; i < segments.Length; i++)
        {
            if (segments[i].Length == 0)
                continue;
            if (value is not TemplateValue.Member member || member.Find(AsciiText.ToLower(segments[i])) is not { } next)
                return TemplateValue.Empty;
            value = next;
        }

        return value is TemplateValue.Member last ? last.Self : value;
    }
}
