namespace Pipe.Mime;

/// <summary>Names of header fields.</summary>
public static class HeaderIdExtensions
{
    /// <summary>The name of a field as it is written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The field has no name.</exception>
    public static string ToHeaderName(this HeaderId value)
    {
        if (value is < 0 or > HeaderId.XStatus)
            throw new ArgumentOutOfRangeException(nameof(value));
        return HeaderNames.Get(value);
    }

    /// <summary>Which well-known field a name stands for; <see cref="HeaderId.Unknown"/> for any other.</summary>
    public static HeaderId ToHeaderId(this string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return HeaderNames.Find(name.AsSpan());
    }
}
