using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>A header field.</summary>
public class Header
{
    private readonly ParserOptions _options;
    private byte[]? _source;
    private readonly int _start;
    private readonly int _nameLength;
    private readonly int _valueStart;
    private readonly int _end;
    private string? _field;
    private string? _value;
    private byte[]? _rawValue;
    private Encoding? _charset;

    /// <summary>Creates a field with a value in UTF-8.</summary>
    public Header(HeaderId id, string value)
        : this(Encoding.UTF8, id, value)
    {
    }

    /// <summary>Creates a field with a value in UTF-8.</summary>
    public Header(string field, string value)
        : this(Encoding.UTF8, field, value)
    {
    }

    /// <summary>Creates a field with a value in a charset.</summary>
    public Header(Encoding encoding, HeaderId id, string value)
        : this(encoding, id.ToHeaderName(), value)
    {
    }

    /// <summary>Creates a field with a value in a charset.</summary>
    /// <exception cref="ArgumentException">The name has characters that no field name has (RFC 5322 section 2.2).</exception>
    public Header(Encoding encoding, string field, string value)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(value);
        ThrowIfInvalidName(field);
        _options = ParserOptions.Default;
        _field = field;
        _nameLength = field.Length;
        Id = HeaderNames.Find(field.AsSpan());
        _charset = encoding;
        _value = HeaderText.Unfold(value).Trim();
    }

    internal Header(ParserOptions options, HeaderId id, string? field, byte[] rawValue)
    {
        _options = options;
        Id = id;
        _field = field ?? id.ToHeaderName();
        _nameLength = _field.Length;
        _rawValue = rawValue;
    }

    internal Header(ParserOptions options, byte[] source, HeaderSlot slot, long offset)
    {
        _options = options;
        _source = source;
        _start = slot.Start;
        _nameLength = slot.NameLength;
        _valueStart = slot.ValueStart;
        _end = slot.End;
        Id = slot.Id;
        IsInvalid = slot.ValueStart == slot.End && slot.NameLength == slot.End - slot.Start;
        Offset = offset;
    }

    internal IChangeObserver? Observer { get; set; }

    /// <summary>The offset of the field in the stream it was read from, in bytes; or <c>null</c>.</summary>
    public long? Offset { get; }

    /// <summary>The name of the field, as written.</summary>
    public string Field => _field ??= ReadField();

    /// <summary>Which well-known field it is.</summary>
    public HeaderId Id { get; }

    /// <summary>Whether the line is no header field at all.</summary>
    public bool IsInvalid { get; }

    /// <summary>The bytes of the name, with white space before the colon.</summary>
    public byte[] RawField => _source is null
        ? Encoding.ASCII.GetBytes(Field)
        : _source.AsSpan(_start, Math.Max(_valueStart - 1 - _start, _nameLength)).ToArray();

    /// <summary>The bytes of the value, with its line ending.</summary>
    public byte[] RawValue => _rawValue ??= _source is null
        ? HeaderEncoder.Encode(FormatOptions.Default, this, _charset ?? Encoding.UTF8)
        : _source.AsSpan(_valueStart, _end - _valueStart).ToArray();

    /// <summary>The decoded, unfolded value.</summary>
    /// <exception cref="ArgumentNullException">The value set is <c>null</c>.</exception>
    public string Value
    {
        get => _value ??= HeaderText.Decode(_options, RawSpan);
        set => SetValue(Encoding.UTF8, value);
    }

    internal ReadOnlySpan<byte> RawSpan => _rawValue is null && _source is not null
        ? _source.AsSpan(_valueStart, _end - _valueStart)
        : RawValue;

    internal ParserOptions Options => _options;

    internal bool IsParsed => _source is not null;

    /// <summary>Sets the value in UTF-8.</summary>
    public void SetValue(string value) => SetValue(Encoding.UTF8, value);

    /// <summary>Sets the value, to be written in a charset.</summary>
    public void SetValue(Encoding encoding, string value)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(value);
        _field = Field;
        _source = null;
        _rawValue = null;
        _charset = encoding;
        _value = HeaderText.Unfold(value).Trim();
        Observer?.OnChanged(this);
    }

    /// <summary>The value decoded with another charset for its 8-bit bytes.</summary>
    public string GetValue(Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        var options = _options.Clone();
        options.CharsetEncoding = encoding;
        return HeaderText.Decode(options, RawSpan);
    }

    /// <summary>The value decoded with another charset for its 8-bit bytes.</summary>
    /// <exception cref="NotSupportedException">There is no such charset.</exception>
    public string GetValue(string charset) =>
        GetValue(CharsetUtils.Find(charset) ?? throw new NotSupportedException("The charset is not known."));

    /// <summary>Removes the line breaks of a folded value.</summary>
    public static string Unfold(string? text) => HeaderText.Unfold(text);

    /// <summary>Makes a copy.</summary>
    public Header Clone() => _rawValue is null && _source is null && _value is not null
        ? new Header(_charset ?? Encoding.UTF8, Field, _value)
        : new Header(_options, Id, Field, RawValue);

    /// <inheritdoc/>
    public override string ToString() => IsInvalid ? Field : Field + ": " + Value;

    internal byte[] GetRawValue(FormatOptions options) => _source is null && _rawValue is null
        ? HeaderEncoder.Encode(options, this, _charset ?? Encoding.UTF8)
        : RawValue;

    internal void SetRawValue(byte[] rawValue)
    {
        _field = Field;
        _source = null;
        _value = null;
        _rawValue = rawValue;
        Observer?.OnChanged(this);
    }

    private static void ThrowIfInvalidName(string field)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        foreach (char c in field)
        {
            if (c is <= ' ' or >= (char)127 or ':')
                throw new ArgumentException("The name of a header field is of printable US-ASCII without a colon.", nameof(field));
        }
    }

    private string ReadField()
    {
        var name = _source.AsSpan(_start, _nameLength);
        if (Id != HeaderId.Unknown && System.Text.Ascii.Equals(name, HeaderNames.Get(Id)))
            return HeaderNames.Get(Id);
        return CharsetUtils.DecodeUnknown(_options, name);
    }
}
