namespace Pipe.Mime;

/// <summary>How messages are written.</summary>
public class FormatOptions
{
    private const int DefaultMaxLineLength = 78;

    private int _maxLineLength = DefaultMaxLineLength;

    /// <summary>The options that are used where none are given.</summary>
    public static FormatOptions Default { get; } = new();

    /// <summary>The largest length of a header line, in characters without the line ending: 60 to 998 (RFC 5322 section 2.1.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of that range.</exception>
    public int MaxLineLength
    {
        get => _maxLineLength;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 60);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 998);
            _maxLineLength = value;
        }
    }

    /// <summary>The line ending.</summary>
    public NewLineFormat NewLineFormat { get; set; } =
        Environment.NewLine.Length == 1 ? NewLineFormat.Unix : NewLineFormat.Dos;

    /// <summary>The line ending as text.</summary>
    public string NewLine => NewLineFormat == NewLineFormat.Unix ? "\n" : "\r\n";

    /// <summary>Whether the last line written gets a line ending in any case.</summary>
    public bool EnsureNewLine { get; set; }

    /// <summary>Header fields that are left out.</summary>
    public HashSet<HeaderId> HiddenHeaders { get; private set; } = [];

    /// <summary>Whether headers are written in UTF-8 (RFC 6532).</summary>
    public bool International { get; set; }

    /// <summary>Whether the encoded-words of one field may be in different charsets.</summary>
    public bool AllowMixedHeaderCharsets { get; set; }

    /// <summary>How parameter values beyond US-ASCII are written.</summary>
    public ParameterEncodingMethod ParameterEncodingMethod { get; set; } = ParameterEncodingMethod.Rfc2231;

    /// <summary>Whether parameter values are quoted even where they need not be.</summary>
    public bool AlwaysQuoteParameterValues { get; set; }

    internal ReadOnlySpan<byte> NewLineBytes => NewLineFormat == NewLineFormat.Unix ? "\n"u8 : "\r\n"u8;

    /// <summary>Makes a copy.</summary>
    public FormatOptions Clone()
    {
        var copy = (FormatOptions)MemberwiseClone();
        copy.HiddenHeaders = [.. HiddenHeaders];
        return copy;
    }
}
