using Pipe.Tickets.Routing;

namespace Pipe.Tickets.Notifications;

/// <summary>A mail that is to be sent, before it is put into MIME.</summary>
public sealed record OutgoingMail
{
    /// <summary>Why it is sent.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>How it marks itself as automatic.</summary>
    public required MailClass Class { get; init; }

    /// <summary>The mailbox it is sent from. An id of 0 is no row of the help desk's.</summary>
    public required Mailbox From { get; init; }

    /// <summary>The one person it is for.</summary>
    public required Correspondent Recipient { get; init; }

    /// <summary>Whether that person is named in Cc instead of To: somebody who takes part in another's ticket.</summary>
    public bool IsCarbonCopy { get; init; }

    /// <summary>The subject: one line of text.</summary>
    public required string Subject { get; init; }

    /// <summary>The text as HTML without the elements html, head and body; <c>null</c> for a mail of plain text only.</summary>
    public string? Html { get; init; }

    /// <summary>The plain text of a mail that has no HTML.</summary>
    public string? Text { get; init; }

    /// <summary>Whether <see cref="Html"/> is sent as plain text only.</summary>
    public bool TextOnly { get; init; }

    /// <summary>The line above which people are to answer, shown on top of the plain text; <c>null</c> for none.</summary>
    public string? ReplySeparator { get; init; }

    /// <summary>The Message-ID without angle brackets; it names the entry and the addressee (osTicket's signed form).</summary>
    public required string MessageId { get; init; }

    /// <summary>The msg-id it answers, with angle brackets, or <c>null</c>.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The msg-ids for References, with angle brackets, oldest first.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Stored images that <see cref="Html"/> refers to by "cid:" and their key.</summary>
    public IReadOnlyList<OutgoingFile> Images { get; init; } = [];

    /// <summary>Files to attach.</summary>
    public IReadOnlyList<OutgoingFile> Attachments { get; init; } = [];
}
