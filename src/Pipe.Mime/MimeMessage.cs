using System.Globalization;
using System.Text;
using Pipe.Mime.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>A message (RFC 5322) with its MIME body.</summary>
public class MimeMessage : IDisposable, IHeaderObserver
{
    private AddressFields? _addresses;
    private DateTimeOffset? _date;
    private MessageIdList? _references;
    private bool _isChangingHeaders;
    private MimeEntity? _body;

    /// <summary>Creates a message without a body, dated now.</summary>
    public MimeMessage()
        : this(new HeaderList(), null)
    {
        Headers.SetSilently(HeaderId.From, "");
        Date = DateTimeOffset.Now;
        Subject = "";
        MessageId = MimeUtils.GenerateMessageId();
    }

    /// <summary>Creates a message without a body, dated now, with these fields.</summary>
    public MimeMessage(IEnumerable<Header> headers)
        : this(new HeaderList(), null)
    {
        ArgumentNullException.ThrowIfNull(headers);
        foreach (var header in headers)
            Headers.Add(header);
    }

    /// <summary>Creates a message.</summary>
    public MimeMessage(
        IEnumerable<InternetAddress> from, IEnumerable<InternetAddress> to, string subject, MimeEntity body)
        : this()
    {
        From.AddRange(from);
        To.AddRange(to);
        Subject = subject;
        Body = body;
    }

    internal MimeMessage(HeaderList headers, MimeEntity? body)
    {
        Headers = headers;
        _body = body;
        headers.Observer = this;
    }

    /// <summary>The header fields, without the <c>Content-*</c> fields, which belong to the body.</summary>
    public HeaderList Headers { get; }

    /// <summary>The From addresses.</summary>
    public InternetAddressList From => Addresses.Get(HeaderId.From);

    /// <summary>The mailbox of the Sender field, or <c>null</c>.</summary>
    public MailboxAddress? Sender
    {
        get => Addresses.Get(HeaderId.Sender).Mailboxes.FirstOrDefault();
        set => Addresses.Set(HeaderId.Sender, value);
    }

    /// <summary>The mailbox of the Resent-Sender field, or <c>null</c>.</summary>
    public MailboxAddress? ResentSender
    {
        get => Addresses.Get(HeaderId.ResentSender).Mailboxes.FirstOrDefault();
        set => Addresses.Set(HeaderId.ResentSender, value);
    }

    /// <summary>The Reply-To addresses.</summary>
    public InternetAddressList ReplyTo => Addresses.Get(HeaderId.ReplyTo);

    /// <summary>The To addresses.</summary>
    public InternetAddressList To => Addresses.Get(HeaderId.To);

    /// <summary>The Cc addresses.</summary>
    public InternetAddressList Cc => Addresses.Get(HeaderId.Cc);

    /// <summary>The Bcc addresses.</summary>
    public InternetAddressList Bcc => Addresses.Get(HeaderId.Bcc);

    /// <summary>The Resent-From addresses.</summary>
    public InternetAddressList ResentFrom => Addresses.Get(HeaderId.ResentFrom);

    /// <summary>The Resent-Reply-To addresses.</summary>
    public InternetAddressList ResentReplyTo => Addresses.Get(HeaderId.ResentReplyTo);

    /// <summary>The Resent-To addresses.</summary>
    public InternetAddressList ResentTo => Addresses.Get(HeaderId.ResentTo);

    /// <summary>The Resent-Cc addresses.</summary>
    public InternetAddressList ResentCc => Addresses.Get(HeaderId.ResentCc);

    /// <summary>The Resent-Bcc addresses.</summary>
    public InternetAddressList ResentBcc => Addresses.Get(HeaderId.ResentBcc);

    /// <summary>The decoded subject, or <c>null</c>.</summary>
    public string? Subject
    {
        get => Headers[HeaderId.Subject];
        set => SetField(HeaderId.Subject, value);
    }

    /// <summary>The date; <see cref="DateTimeOffset.MinValue"/> where there is none that can be read.</summary>
    public DateTimeOffset Date
    {
        get => _date ??= ReadDate(HeaderId.Date);
        set
        {
            SetField(HeaderId.Date, DateUtils.FormatDate(value));
            _date = value;
        }
    }

    /// <summary>The Resent-Date; <see cref="DateTimeOffset.MinValue"/> where there is none that can be read.</summary>
    public DateTimeOffset ResentDate
    {
        get => ReadDate(HeaderId.ResentDate);
        set => SetField(HeaderId.ResentDate, DateUtils.FormatDate(value));
    }

    /// <summary>The Message-ID without angle brackets, or <c>null</c>.</summary>
    public string? MessageId
    {
        get => ReadId(HeaderId.MessageId);
        set => SetField(HeaderId.MessageId, value is null ? null : "<" + Bare(value) + ">");
    }

    /// <summary>The Resent-Message-ID without angle brackets, or <c>null</c>.</summary>
    public string? ResentMessageId
    {
        get => ReadId(HeaderId.ResentMessageId);
        set => SetField(HeaderId.ResentMessageId, value is null ? null : "<" + Bare(value) + ">");
    }

    /// <summary>The first msg-id of In-Reply-To without angle brackets, or <c>null</c>.</summary>
    public string? InReplyTo
    {
        get
        {
            int index = Headers.Find(HeaderId.InReplyTo);
            return index >= 0 && MessageIdReader.ReadAll(Headers.RawValueAt(index)) is { Count: > 0 } ids ? ids[0] : null;
        }

        set => SetField(HeaderId.InReplyTo, value is null ? null : "<" + Bare(value) + ">");
    }

    /// <summary>The msg-ids of References without angle brackets.</summary>
    public MessageIdList References
    {
        get
        {
            if (_references is null)
            {
                int index = Headers.Find(HeaderId.References);
                _references = new MessageIdList(index < 0 ? [] : MessageIdReader.ReadAll(Headers.RawValueAt(index)));
                _references.Changed += OnReferencesChanged;
            }

            return _references;
        }
    }

    /// <summary>The Importance field.</summary>
    public MessageImportance Importance
    {
        get => Keyword(HeaderId.Importance) switch
        {
            "high" => MessageImportance.High,
            "low" => MessageImportance.Low,
            _ => MessageImportance.Normal,
        };
        set => SetField(HeaderId.Importance, value switch
        {
            MessageImportance.High => "high",
            MessageImportance.Low => "low",
            _ => "normal",
        });
    }

    /// <summary>The Priority field.</summary>
    public MessagePriority Priority
    {
        get => Keyword(HeaderId.Priority) switch
        {
            "urgent" => MessagePriority.Urgent,
            "non-urgent" => MessagePriority.NonUrgent,
            _ => MessagePriority.Normal,
        };
        set => SetField(HeaderId.Priority, value switch
        {
            MessagePriority.Urgent => "urgent",
            MessagePriority.NonUrgent => "non-urgent",
            _ => "normal",
        });
    }

    /// <summary>The X-Priority field.</summary>
    public XMessagePriority XPriority
    {
        get
        {
            string text = Headers[HeaderId.XPriority] ?? "";
            return text.Length > 0 && text[0] is >= '1' and <= '5' && (text.Length == 1 || !char.IsAsciiDigit(text[1]))
                ? (XMessagePriority)(text[0] - '0')
                : XMessagePriority.Normal;
        }

        set => SetField(HeaderId.XPriority, ((int)value).ToString(CultureInfo.InvariantCulture) + value switch
        {
            XMessagePriority.Highest => " (Highest)",
            XMessagePriority.High => " (High)",
            XMessagePriority.Low => " (Low)",
            XMessagePriority.Lowest => " (Lowest)",
            _ => " (Normal)",
        });
    }

    /// <summary>The MIME-Version, or <c>null</c>.</summary>
    public Version? MimeVersion
    {
        get => Headers[HeaderId.MimeVersion] is { } text && MimeUtils.TryParse(text, out Version? version) ? version : null;
        set => SetField(HeaderId.MimeVersion, value?.ToString());
    }

    /// <summary>The root of the MIME tree, or <c>null</c>.</summary>
    public MimeEntity? Body
    {
        get => _body;
        set
        {
            _body = value;
            if (value is not null && MimeVersion is null)
                MimeVersion = new Version(1, 0);
        }
    }

    /// <summary>The plain text of the body, or <c>null</c>; flowed lines are joined.</summary>
    public string? TextBody => GetTextBody(TextFormat.Plain);

    /// <summary>The HTML of the body, or <c>null</c>.</summary>
    public string? HtmlBody => GetTextBody(TextFormat.Html);

    /// <summary>The entities that are no multiparts, in their order; embedded messages are not entered.</summary>
    public IEnumerable<MimeEntity> BodyParts => EntityTree.Leaves(Body);

    /// <summary>Those of <see cref="BodyParts"/> whose disposition is <c>attachment</c>.</summary>
    public IEnumerable<MimeEntity> Attachments => BodyParts.Where(static part => part.IsAttachment);

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">There is no message.</exception>
    public static MimeMessage Load(Stream stream, CancellationToken cancellationToken = default) =>
        Load(ParserOptions.Default, stream, false, cancellationToken);

    /// <summary>Reads a message; a persistent stream stays open and is read when the contents are asked for.</summary>
    /// <exception cref="FormatException">There is no message.</exception>
    public static MimeMessage Load(Stream stream, bool persistent, CancellationToken cancellationToken = default) =>
        Load(ParserOptions.Default, stream, persistent, cancellationToken);

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">There is no message.</exception>
    public static MimeMessage Load(ParserOptions options, Stream stream, CancellationToken cancellationToken = default) =>
        Load(options, stream, false, cancellationToken);

    /// <summary>Reads a message; a persistent stream stays open and is read when the contents are asked for.</summary>
    /// <exception cref="FormatException">There is no message.</exception>
    public static MimeMessage Load(
        ParserOptions options, Stream stream, bool persistent, CancellationToken cancellationToken = default) =>
        new MimeParser(options, stream, MimeFormat.Entity, persistent).ParseMessage(cancellationToken);

    /// <summary>Reads a message from a file.</summary>
    /// <exception cref="FormatException">There is no message.</exception>
    public static MimeMessage Load(string fileName, CancellationToken cancellationToken = default) =>
        Load(ParserOptions.Default, fileName, cancellationToken);

    /// <summary>Reads a message from a file.</summary>
    /// <exception cref="FormatException">There is no message.</exception>
    public static MimeMessage Load(ParserOptions options, string fileName, CancellationToken cancellationToken = default)
    {
        using var stream = File.OpenRead(fileName);
        return Load(options, stream, false, cancellationToken);
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">There is no message.</exception>
    public static async Task<MimeMessage> LoadAsync(Stream stream, CancellationToken cancellationToken = default) =>
        await LoadAsync(ParserOptions.Default, stream, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">There is no message.</exception>
    public static async Task<MimeMessage> LoadAsync(
        ParserOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        buffer.Position = 0;
        return Load(options, buffer, true, cancellationToken);
    }

    /// <summary>The text of the body in a format, or <c>null</c>.</summary>
    public virtual string? GetTextBody(TextFormat format) => Body switch
    {
        Multipart multipart => multipart.TryGetValue(format, out var part) ? TextOf(part) : null,
        TextPart { IsAttachment: false } text when text.IsFormat(format) => TextOf(text),
        _ => null,
    };

    /// <summary>Makes the contents fit for a way that carries no more than the constraint says.</summary>
    public virtual void Prepare(EncodingConstraint constraint, int maxLineLength = 78) =>
        Body?.Prepare(constraint, maxLineLength);

    /// <summary>Writes the message.</summary>
    public virtual void WriteTo(FormatOptions options, Stream stream, bool headersOnly, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        Body?.Prepare(EncodingConstraint.None);
        Headers.WriteTo(options, stream, cancellationToken);
        Body?.Headers.WriteTo(options, stream, cancellationToken);
        stream.Write(options.NewLineBytes);
        if (!headersOnly)
            Body?.WriteTo(options, stream, true, cancellationToken);
    }

    /// <summary>Writes the message.</summary>
    public void WriteTo(FormatOptions options, Stream stream, CancellationToken cancellationToken = default) =>
        WriteTo(options, stream, false, cancellationToken);

    /// <summary>Writes the message.</summary>
    public void WriteTo(Stream stream, bool headersOnly, CancellationToken cancellationToken = default) =>
        WriteTo(FormatOptions.Default, stream, headersOnly, cancellationToken);

    /// <summary>Writes the message.</summary>
    public void WriteTo(Stream stream, CancellationToken cancellationToken = default) =>
        WriteTo(FormatOptions.Default, stream, false, cancellationToken);

    /// <summary>Writes the message to a file.</summary>
    public void WriteTo(string fileName, CancellationToken cancellationToken = default)
    {
        using var stream = File.Create(fileName);
        WriteTo(FormatOptions.Default, stream, false, cancellationToken);
    }

    /// <summary>Writes the message.</summary>
    public Task WriteToAsync(FormatOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        using var buffer = new MemoryStream();
        WriteTo(options, buffer, false, cancellationToken);
        return stream is null
            ? throw new ArgumentNullException(nameof(stream))
            : stream.WriteAsync(buffer.ToArray(), cancellationToken).AsTask();
    }

    /// <summary>Writes the message.</summary>
    public Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default) =>
        WriteToAsync(FormatOptions.Default, stream, cancellationToken);

    /// <summary>The message as text, for people.</summary>
    public override string ToString()
    {
        using var stream = new MemoryStream();
        WriteTo(stream);
        return Encoding.Latin1.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Disposes of the contents.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    internal static string TextOf(TextPart part) =>
        part.IsFlowed ? new FlowedToText { DeleteSpace = IsDelSp(part) }.Convert(part.Text) : part.Text;

    /// <summary>Disposes of the contents.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Body?.Dispose();
    }

    private AddressFields Addresses => _addresses ??= new AddressFields(Headers, OnAddressesChanged);

    private static bool IsDelSp(TextPart part) =>
        "yes".Equals(part.ContentType.Parameters["delsp"]?.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string id) => MimeUtils.ParseMessageId(id) ?? id;

    private string? ReadId(HeaderId id)
    {
        int index = Headers.Find(id);
        return index < 0 ? null : MessageIdReader.ReadOne(Headers.RawValueAt(index));
    }

    private DateTimeOffset ReadDate(HeaderId id)
    {
        int index = Headers.Find(id);
        return index >= 0 && DateUtils.TryParse(Headers.RawValueAt(index), out var date) ? date : DateTimeOffset.MinValue;
    }

    private string? Keyword(HeaderId id) => Headers[id]?.Trim().ToLowerInvariant();

    private void SetField(HeaderId id, string? value)
    {
        if (value is null)
            Headers.RemoveAll(id);
        else
            Headers.Replace(id, value);
    }

    void IHeaderObserver.OnHeaderChanged(HeaderId id)
    {
        if (_isChangingHeaders)
            return;
        switch (id)
        {
            case HeaderId.Date:
                _date = null;
                break;
            case HeaderId.References:
                _references = null;
                break;
            default:
                _addresses?.Forget(id);
                break;
        }
    }

    private void OnAddressesChanged(HeaderId id, InternetAddressList list)
    {
        _isChangingHeaders = true;
        if (list.Count == 0 && id != HeaderId.From)
        {
            Headers.RemoveAll(id);
        }
        else
        {
            string value = AddressWriter.Encode(FormatOptions.Default, list, id.ToHeaderName().Length + 2);
            Headers.SetRaw(id, Encoding.UTF8.GetBytes(" " + value + FormatOptions.Default.NewLine));
        }

        _isChangingHeaders = false;
    }

    private void OnReferencesChanged(object? sender, EventArgs e)
    {
        _isChangingHeaders = true;
        SetField(HeaderId.References, _references!.Count == 0 ? null : string.Join(' ', _references.Select(static id => "<" + id + ">")));
        _isChangingHeaders = false;
    }
}
