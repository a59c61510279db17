using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>How an entity is to be shown (RFC 2183).</summary>
public class ContentDisposition : IChangeObserver
{
    /// <summary>The disposition of a file.</summary>
    public const string Attachment = "attachment";

    /// <summary>The disposition of content that is shown with the text.</summary>
    public const string Inline = "inline";

    /// <summary>The disposition of a form field.</summary>
    public const string FormData = "form-data";

    private string _disposition;

    /// <summary>Creates a disposition of <c>attachment</c>.</summary>
    public ContentDisposition()
        : this(Attachment)
    {
    }

    /// <summary>Creates a disposition.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public ContentDisposition(string disposition)
    {
        ArgumentException.ThrowIfNullOrEmpty(disposition);
        _disposition = disposition;
        Parameters = new ParameterList { Observer = this };
    }

    internal IChangeObserver? Observer { get; set; }

    /// <summary>The disposition, such as <c>attachment</c>.</summary>
    public string Disposition
    {
        get => _disposition;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            _disposition = value;
            OnChanged();
        }
    }

    /// <summary>Whether the entity is a file and not part of the text.</summary>
    public bool IsAttachment
    {
        get => _disposition.Equals(Attachment, StringComparison.OrdinalIgnoreCase);
        set => Disposition = value ? Attachment : Inline;
    }

    /// <summary>The parameters.</summary>
    public ParameterList Parameters { get; }

    /// <summary>The <c>filename</c> parameter.</summary>
    public string? FileName
    {
        get => Parameters["filename"];
        set
        {
            if (value is null)
                _ = Parameters.Remove("filename");
            else
                Parameters["filename"] = value;
        }
    }

    /// <summary>The <c>creation-date</c> parameter.</summary>
    public DateTimeOffset? CreationDate
    {
        get => GetDate("creation-date");
        set => SetDate("creation-date", value);
    }

    /// <summary>The <c>modification-date</c> parameter.</summary>
    public DateTimeOffset? ModificationDate
    {
        get => GetDate("modification-date");
        set => SetDate("modification-date", value);
    }

    /// <summary>The <c>read-date</c> parameter.</summary>
    public DateTimeOffset? ReadDate
    {
        get => GetDate("read-date");
        set => SetDate("read-date", value);
    }

    /// <summary>The <c>size</c> parameter, in bytes.</summary>
    public long? Size
    {
        get => long.TryParse(Parameters["size"], NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : null;
        set
        {
            if (value is { } size)
                Parameters["size"] = size.ToString(CultureInfo.InvariantCulture);
            else
                _ = Parameters.Remove("size");
        }
    }

    /// <summary>Reads a disposition.</summary>
    /// <exception cref="ParseException">It is no disposition.</exception>
    public static ContentDisposition Parse(string text) => TryParse(text, out var disposition)
        ? disposition
        : throw new ParseException("The text is no content disposition.", 0, 0);

    /// <summary>Reads a disposition.</summary>
    /// <exception cref="ParseException">It is no disposition.</exception>
    public static ContentDisposition Parse(ParserOptions options, string text) => TryParse(options, text, out var disposition)
        ? disposition
        : throw new ParseException("The text is no content disposition.", 0, 0);

    /// <summary>Reads a disposition.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ContentDisposition? disposition) =>
        TryParse(ParserOptions.Default, text, out disposition);

    /// <summary>Reads a disposition.</summary>
    public static bool TryParse(ParserOptions options, string text, [NotNullWhen(true)] out ContentDisposition? disposition)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(options, Encoding.UTF8.GetBytes(text).AsSpan(), out disposition);
    }

    /// <summary>The field value in one line, for people.</summary>
    public override string ToString()
    {
        var builder = new StringBuilder("Content-Disposition: ").Append(Disposition);
        foreach (var parameter in Parameters)
            _ = builder.Append("; ").Append(parameter);
        return builder.ToString();
    }

    /// <summary>The field value as it is written.</summary>
    public string ToString(Encoding charset, bool encode) => ToString(FormatOptions.Default, charset, encode);

    /// <summary>The field value as it is written.</summary>
    public string ToString(FormatOptions options, Encoding charset, bool encode) => encode
        ? "Content-Disposition:" + ParameterWriter.Write(options, "Content-Disposition", Disposition, Parameters).TrimEnd()
        : ToString();

    internal static bool TryParse(
        ParserOptions options, ReadOnlySpan<byte> text, [NotNullWhen(true)] out ContentDisposition? disposition)
    {
        disposition = null;
        int at = Cfws.Skip(text, 0);
        int semicolon = text[at..].IndexOf((byte)';');
        int end = semicolon < 0 ? text.Length : at + semicolon;
        var value = text[at..end];
        int stop = value.IndexOfAny(" \t\r\n("u8);
        var token = (stop < 0 ? value : value[..stop]).Trim("\""u8);
        // "Content-Disposition: filename=x" forgot the disposition.
        if (token.IsEmpty || token.IndexOf((byte)'=') > 0)
        {
            if (semicolon < 0 && token.IsEmpty)
                return false;
            disposition = new ContentDisposition(Attachment);
            ParameterReader.Read(options, text[at..], disposition.Parameters);
            return true;
        }

        disposition = new ContentDisposition(Encoding.Latin1.GetString(token));
        if (semicolon >= 0)
            ParameterReader.Read(options, text[(end + 1)..], disposition.Parameters);
        else if (stop >= 0)
            ParameterReader.Read(options, value[stop..], disposition.Parameters);
        return true;
    }

    private DateTimeOffset? GetDate(string name) =>
        Parameters[name] is { } text && DateUtils.TryParse(text, out var date) ? date : null;

    private void SetDate(string name, DateTimeOffset? value)
    {
        if (value is { } date)
            Parameters[name] = DateUtils.FormatDate(date);
        else
            _ = Parameters.Remove(name);
    }

    void IChangeObserver.OnChanged(object source) => OnChanged();

    private void OnChanged() => Observer?.OnChanged(this);
}
