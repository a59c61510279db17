using System.Diagnostics.CodeAnalysis;
using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>A media type with its parameters (RFC 2045 section 5).</summary>
public class ContentType : IChangeObserver
{
    private string _type;
    private string _subtype;
    private ParameterList? _parameters;

    // The parameters of most parts are never asked for.
    private ReadOnlyMemory<byte> _unread;
    private ParserOptions? _options;

    /// <summary>Creates a type without parameters.</summary>
    /// <exception cref="ArgumentException">A part of the type is empty.</exception>
    public ContentType(string mediaType, string mediaSubtype)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaType);
        ArgumentException.ThrowIfNullOrEmpty(mediaSubtype);
        _type = mediaType;
        _subtype = mediaSubtype;
    }

    internal IChangeObserver? Observer { get; set; }

    /// <summary>The part before the slash.</summary>
    public string MediaType
    {
        get => _type;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            _type = value;
            OnChanged();
        }
    }

    /// <summary>The part behind the slash.</summary>
    public string MediaSubtype
    {
        get => _subtype;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            _subtype = value;
            OnChanged();
        }
    }

    /// <summary>Type and subtype with the slash between them.</summary>
    public string MimeType => _type + "/" + _subtype;

    /// <summary>The parameters.</summary>
    public ParameterList Parameters => _parameters ??= ReadParameters();

    /// <summary>The <c>boundary</c> parameter.</summary>
    public string? Boundary
    {
        get => Get("boundary");
        set => Set("boundary", value);
    }

    /// <summary>The <c>charset</c> parameter.</summary>
    public string? Charset
    {
        get => Get("charset");
        set => Set("charset", value);
    }

    /// <summary>The charset that the parameter names, or <c>null</c> where there is none such.</summary>
    public Encoding? CharsetEncoding
    {
        get => CharsetUtils.Find(Charset);
        set => Charset = value?.WebName;
    }

    /// <summary>The <c>format</c> parameter (RFC 3676).</summary>
    public string? Format
    {
        get => Get("format");
        set => Set("format", value);
    }

    /// <summary>The <c>name</c> parameter.</summary>
    public string? Name
    {
        get => Get("name");
        set => Set("name", value);
    }

    /// <summary>Reads a type.</summary>
    /// <exception cref="ParseException">It is no type.</exception>
    public static ContentType Parse(string text) => TryParse(text, out var type)
        ? type
        : throw new ParseException("The text is no media type.", 0, 0);

    /// <summary>Reads a type.</summary>
    /// <exception cref="ParseException">It is no type.</exception>
    public static ContentType Parse(ParserOptions options, string text) => TryParse(options, text, out var type)
        ? type
        : throw new ParseException("The text is no media type.", 0, 0);

    /// <summary>Reads a type.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ContentType? type) =>
        TryParse(ParserOptions.Default, text, out type);

    /// <summary>Reads a type.</summary>
    public static bool TryParse(ParserOptions options, string text, [NotNullWhen(true)] out ContentType? type)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(options, Encoding.UTF8.GetBytes(text).AsMemory(), out type);
    }

    /// <summary>Reads a type.</summary>
    public static bool TryParse(byte[] buffer, [NotNullWhen(true)] out ContentType? type)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return TryParse(ParserOptions.Default, buffer.AsMemory(), out type);
    }

    /// <summary>Whether it is that type; <c>*</c> stands for any.</summary>
    public bool IsMimeType(string mediaType, string mediaSubtype)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        ArgumentNullException.ThrowIfNull(mediaSubtype);
        return (mediaType == "*" || _type.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
            && (mediaSubtype == "*" || _subtype.Equals(mediaSubtype, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The field value in one line, for people.</summary>
    public override string ToString()
    {
        var builder = new StringBuilder("Content-Type: ").Append(MimeType);
        foreach (var parameter in Parameters)
            _ = builder.Append("; ").Append(parameter);
        return builder.ToString();
    }

    /// <summary>The field value as it is written.</summary>
    public string ToString(Encoding charset, bool encode) => ToString(FormatOptions.Default, charset, encode);

    /// <summary>The field value as it is written.</summary>
    public string ToString(FormatOptions options, Encoding charset, bool encode) => encode
        ? "Content-Type:" + ParameterWriter.Write(options, "Content-Type", MimeType, Parameters).TrimEnd()
        : ToString();

    internal static bool TryParse(ParserOptions options, ReadOnlyMemory<byte> memory, [NotNullWhen(true)] out ContentType? type)
    {
        type = null;
        var text = memory.Span;
        int at = Cfws.Skip(text, 0);
        int semicolon = text[at..].IndexOf((byte)';');
        int end = semicolon < 0 ? text.Length : at + semicolon;
        var value = text[at..end];
        int slash = value.IndexOf((byte)'/');
        var major = Token(slash < 0 ? value : value[..slash]);
        var minor = slash < 0 ? default : Token(value[(slash + 1)..]);
        if (slash < 0 && major.IsEmpty)
            return false;

        string mediaType;
        string mediaSubtype;
        if (slash < 0)
        {
            // "text" alone stands for text/plain; of any other type alone nothing is known.
            mediaType = Ascii.EqualsIgnoreCase(major, "text"u8) ? "text" : "application";
            mediaSubtype = mediaType == "text" ? "plain" : "octet-stream";
            if (Ascii.EqualsIgnoreCase(major, "multipart"u8))
                (mediaType, mediaSubtype) = ("multipart", "mixed");
        }
        else
        {
            if (major.IsEmpty || minor.IsEmpty)
                return false;
            mediaType = Known(major);
            mediaSubtype = Known(minor);
        }

        type = new ContentType(mediaType, mediaSubtype);
        if (semicolon >= 0)
        {
            type._unread = memory[(end + 1)..];
            type._options = options;
        }

        return true;
    }

    private static ReadOnlySpan<byte> Token(ReadOnlySpan<byte> text)
    {
        int start = Cfws.Skip(text, 0);
        int end = start;
        while (end < text.Length && text[end] is > (byte)' ' and < 127 and not ((byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'@' or (byte)',' or (byte)';' or (byte)':' or (byte)'\\' or (byte)'"' or (byte)'/' or (byte)'[' or (byte)']' or (byte)'?' or (byte)'='))
            end++;
        return text[start..end];
    }

    private ParameterList ReadParameters()
    {
        var list = new ParameterList();
        if (_options is not null)
            ParameterReader.Read(_options, _unread.Span, list);
        _unread = default;
        list.Observer = this;
        return list;
    }

    private static string Known(ReadOnlySpan<byte> token) => KnownText.Find(token) ?? Encoding.ASCII.GetString(token);

    private string? Get(string name) => _parameters is null && _unread.IsEmpty ? null : Parameters[name];

    private void Set(string name, string? value)
    {
        if (value is null)
            _ = Parameters.Remove(name);
        else
            Parameters[name] = value;
    }

    void IChangeObserver.OnChanged(object source) => OnChanged();

    private void OnChanged() => Observer?.OnChanged(this);
}
