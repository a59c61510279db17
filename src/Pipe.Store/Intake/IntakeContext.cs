using Pipe.Store.Notifications;
using Pipe.Store.Settings;
using Pipe.Tickets.Identity;
using Pipe.Tickets.People;
using Pipe.Tickets.Routing;

namespace Pipe.Store.Intake;

/// <summary>One message on its way into the store, with everything that the steps share.</summary>
internal sealed class IntakeContext
{
    private const int ContentIdLength = 32;

    public IntakeContext(StoreSession session, HelpDesk helpDesk, DatabaseClock clock, InboundMail mail, DeliveryContext delivery)
    {
        Message = delivery.Message;
        Session = session;
        Settings = helpDesk.Settings;
        Catalog = helpDesk.Catalog;
        Search = new SearchIndex(session);
        Answers = new AnswerRows(session);
        Clock = clock;
        Mail = mail = WithAuthorBehindList(Settings, mail);
        Trace = delivery.Trace;
        Routing = MailRouting.Route(mail, address => Settings.FindMailbox(address)?.Mailbox);
        Sender = UsableSender(mail, delivery);
        HasNullSender = delivery.Envelope.Sender is { Length: 0 };
        EnvelopeMailbox = FindEnvelopeMailbox(Settings, delivery.Envelope);
        Mailbox = Settings.FindMailbox(Routing.MailboxId ?? EnvelopeMailbox?.Mailbox.Id ?? Settings.Number("default_email_id"));
        MessageId = Column.Cut(mail.MessageId, Column.MessageIdLength);
    }

    public StoreSession Session { get; }

    public HelpDeskSettings Settings { get; }

    public DatabaseClock Clock { get; }

    /// <summary>The bytes of the message.</summary>
    public RawMessage Message { get; }

    public InboundMail Mail { get; private set; }

    public DeliveryTrace Trace { get; }

    public MailRouting Routing { get; }

    /// <summary>Who writes: the From field, or for a message without a usable one the envelope sender; <c>null</c> for nobody.</summary>
    public Correspondent? Sender { get; }

    /// <summary>The author as From is written, for where no user stands for him; cut to the width of a poster's name.</summary>
    public string AuthorText => Column.Cut(
        Mail.From.Length > 0 ? Mail.From.Replace('<', '(').Replace('>', ')')
            : Mail.Sender is { } sender ? sender.Name.Length > 0 ? sender.Name : sender.Address
            : UnknownSender.Name,
        Column.UserNameLength);

    /// <summary>Our mailbox that the envelope names, or <c>null</c>.</summary>
    public SystemMailbox? EnvelopeMailbox { get; }

    /// <summary>The mailbox the message is for: named by the headers, else by the envelope, else the default.</summary>
    public SystemMailbox? Mailbox { get; }

    /// <summary>The Message-ID as the store holds it: one that is too long is stored, and recognised, by its beginning.</summary>
    public string MessageId { get; private set; }

    /// <summary>Whether the envelope names nobody who could be answered (RFC 5321 section 4.5.5).</summary>
    public bool HasNullSender { get; }

    /// <summary>What the message has become, once it is written; <c>null</c> for a repetition, a refusal and a task.</summary>
    public PostedMessage? Posted { get; set; }

    public HelpDeskCatalog Catalog { get; }

    /// <summary>The rows under which things are found, to be written together.</summary>
    public SearchIndex Search { get; }

    /// <summary>The answers of forms, to be written together.</summary>
    public AnswerRows Answers { get; }

    /// <summary>
    /// Gives a message an id that follows from all of it, where another message has the Message-ID that it came with or, without
    /// one, the id that follows from its header.
    /// </summary>
    /// <remarks>The id begins with the one that was locked, so whoever handles the same message has that lock.</remarks>
    public void IdentifyByContent()
    {
        string id = Mail.MessageId;
        int end = id.LastIndexOfAny(['@', '>']);
        Mail = Mail with { MessageId = id.Insert(end < 0 ? id.Length : end, "." + ContentHash.Compute(Message)[..ContentIdLength]) };
        MessageId = Column.Cut(Mail.MessageId, Column.MessageIdLength);
        Trace.MessageId = MessageId;
    }

    private static SystemMailbox? FindEnvelopeMailbox(HelpDeskSettings settings, Envelope envelope)
    {
        foreach (string address in envelope.MailboxCandidates())
        {
            if (settings.FindMailbox(address) is { } mailbox)
                return mailbox;
        }

        return null;
    }

    // Groups and lists put their own address into From, and ours may be a group. The help desk is no customer of itself.
    private static InboundMail WithAuthorBehindList(HelpDeskSettings settings, InboundMail mail)
    {
        if (mail.Sender is not { } sender || settings.FindMailbox(sender.Address) is null)
            return mail;
        foreach (var author in mail.OriginalAuthors)
        {
            if (settings.FindMailbox(author.Address) is null)
                return mail with { Sender = author };
        }

        return mail;
    }

    // RFC 5321 section 4.4: the envelope sender is at least somebody who can be written to.
    private static Correspondent? UsableSender(InboundMail mail, DeliveryContext delivery)
    {
        if (mail.Sender is { } sender && CanBeOwner(sender.Address))
            return sender;
        if (delivery.Envelope.Sender is { Length: > 0 } envelopeSender && CanBeOwner(envelopeSender))
        {
            delivery.Trace.Warn("From names nobody who could own a ticket; the envelope sender is taken instead");
            return new Correspondent(envelopeSender, mail.Sender?.Name ?? "");
        }

        return null;
    }

    private static bool CanBeOwner(string address) =>
        AddressSyntax.IsValid(address) && address.Length <= Column.AddressLength && !UnknownSender.Is(address);
}
