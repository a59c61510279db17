namespace Pipe.Remote;

/// <summary>Finds the Message-ID field (RFC 5322 section 3.6.4) in the lines of a header.</summary>
internal struct MessageIdField
{
    private const string Name = "Message-ID";
    private const int MaxCharacters = 1024;

    private string _value;
    private bool _isOpen;

    /// <summary>The value, unfolded; <c>null</c> when there was none so far or it is empty.</summary>
    public readonly string? Value => string.IsNullOrWhiteSpace(_value) ? null : _value.Trim();

    /// <summary>Looks at the next line of the header.</summary>
    public void TakeLine(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd('\r');
        if (line.Length > 0 && line[0] is ' ' or '\t')
        {
            // Some mailers put the whole id on the second line.
            if (_isOpen && _value.Length < MaxCharacters)
                _value = string.Concat(_value, line);
            return;
        }

        _isOpen = false;
        if (Value is not null || !line.StartsWith(Name, StringComparison.OrdinalIgnoreCase))
            return;

        var rest = line[Name.Length..].TrimStart(" \t");
        _isOpen = rest.Length > 0 && rest[0] == ':';
        if (_isOpen)
            _value = rest[1..].ToString();
    }
}
