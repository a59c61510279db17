namespace Pipe.Tickets;

/// <summary>A message as the help desk sees it: who writes, to whom, about what, with which files. Nothing of it is trusted.</summary>
public sealed record InboundMail
{
    /// <summary>Who writes (From only), or <c>null</c> when the message names nobody.</summary>
    public required Correspondent? Sender { get; init; }

    /// <summary>The first Reply-To mailbox, or <c>null</c>. Only a ticket filter makes it the owner.</summary>
    public Correspondent? ReplyTo { get; init; }

    /// <summary>The decoded subject; <c>[No Subject]</c> when there is none.</summary>
    public required string Subject { get; init; }

    /// <summary>The Message-ID with its angle brackets, or one derived from the content.</summary>
    public required string MessageId { get; init; }

    /// <summary>Whether the message had no Message-ID of its own.</summary>
    public bool MessageIdIsDerived { get; init; }

    /// <summary>The unfolded In-Reply-To field, or <c>null</c>.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The unfolded References field, or <c>null</c>.</summary>
    public string? References { get; init; }

    /// <summary>The msg-id, without angle brackets, of a mail of the help desk's that a delivery report gives back; or <c>null</c>.</summary>
    public string? ReturnedReference { get; init; }

    /// <summary>The header block as received, line ends included, without the blank line that ends it.</summary>
    public required string Header { get; init; }

    /// <summary>All addressees, in the order To, Cc, Delivered-To.</summary>
    public required IReadOnlyList<MailRecipient> Recipients { get; init; }

    /// <summary>The urgency asked for by the header, or <c>null</c>.</summary>
    public MailUrgency? Urgency { get; init; }

    /// <summary>Whether the message is a delivery failure of some sort.</summary>
    public bool IsBounce { get; init; }

    /// <summary>Whether a program wrote the message in answer to another (RFC 3834), or for many.</summary>
    public bool IsAutoReply { get; init; }

    /// <summary>Whether there is not one header field, so that nothing of what came can be read as a mail.</summary>
    public bool IsNoMail { get; init; }

    /// <summary>Whether no program may answer the message: one wrote it, or a list passed it on (RFC 3834 section 2).</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>Those who are named as the writers beside From, best first: lists put their own address into From.</summary>
    public IReadOnlyList<Correspondent> OriginalAuthors { get; init; } = [];

    /// <summary>The decoded From field as it was written; empty when there is none.</summary>
    public string From { get; init; } = "";

    /// <summary>The text of the message.</summary>
    public required MailBody Body { get; init; }

    /// <summary>The files, in the order of the MIME tree.</summary>
    public required IReadOnlyList<InboundAttachment> Attachments { get; init; }

    /// <summary>Content-IDs that only the stripped quotation referred to; such files are not stored.</summary>
    public IReadOnlyCollection<string> StrippedContentIds { get; init; } = [];
}
