using System.Globalization;
using System.Text.Unicode;
using Pipe.Tickets.People;

namespace Pipe.Tickets.Reading;

/// <summary>Who writes, who is to be answered, and who else was addressed.</summary>
internal static class Correspondents
{
    private const string ListMark = " via ";
    private static readonly string[] AuthorFields = ["from", "reply-to", "x-original-from"];

    // Google's and other lists', RFC 9057, and what Google adds for those who have none of them.
    private static readonly string[] OriginalAuthorFields = ["x-original-from", "original-from", "author", "reply-to", "x-original-sender"];

    /// <summary>The author: the first From mailbox with a valid address, else the first; <c>null</c> when the field names nobody.</summary>
    public static Correspondent? Sender(HeaderBlock header)
    {
        var authors = Mailboxes(header, "from");
        foreach (var author in authors)
        {
            if (ValidAddress(author) is { } address)
                return new(address, NameOf(author, address));
        }

        return authors.Count > 0 ? new(authors[0].Address, NameOf(authors[0], authors[0].Address)) : null;
    }

    /// <summary>The first Reply-To mailbox, or <c>null</c>.</summary>
    public static Correspondent? ReplyTo(HeaderBlock header)
    {
        var addresses = Mailboxes(header, "reply-to");
        return addresses.Count > 0 ? new(addresses[0].Address, MailText.WithoutControls(addresses[0].Name).Trim(' ', '\t', '\r', '\n', '"')) : null;
    }

    /// <summary>The valid mailboxes of fields that name the writer where a list has put itself into From, best first.</summary>
    /// <remarks>One without a name gets the one that From has: "'Jane Doe' via Support" is Jane Doe.</remarks>
    public static IReadOnlyList<Correspondent> OriginalAuthors(HeaderBlock header)
    {
        List<Correspondent>? authors = null;
        string listedName = "";
        foreach (string field in OriginalAuthorFields)
        {
            foreach (var author in Mailboxes(header, field))
            {
                if (ValidAddress(author) is not { } address)
                    continue;
                if (authors is null)
                    listedName = Sender(header)?.Name is { } name && name.Contains(ListMark, StringComparison.Ordinal) ? PersonBehind(name) : "";
                string ownName = PersonBehind(NameOf(author, ""));
                (authors ??= []).Add(new(address, ownName.Length > 0 ? ownName : listedName.Length > 0 ? listedName : address));
            }
        }

        return authors ?? (IReadOnlyList<Correspondent>)[];
    }

    /// <summary>The decoded From field, without looking for addresses in it.</summary>
    public static string From(HeaderBlock header) =>
        MailText.WithoutControls(MailText.DecodeWords(header.Joined("from", ", ") ?? "").ReplaceLineEndings(" ")).Trim();

    private static string PersonBehind(string name)
    {
        int mark = name.LastIndexOf(ListMark, StringComparison.Ordinal);
        return mark < 0 ? name : name[..mark].Trim().Trim('\'', '"');
    }

    /// <summary>The addresses of all who claim to have written the message, in lower case.</summary>
    public static HashSet<string> Authors(HeaderBlock header)
    {
        var authors = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in AuthorFields)
        {
            foreach (var address in Mailboxes(header, name))
                authors.Add(AsciiText.ToLower(address.Address));
        }

        return authors;
    }

    /// <summary>All addressees in the order To, Cc, Delivered-To.</summary>
    public static List<MailRecipient> Recipients(HeaderBlock header)
    {
        var recipients = new List<MailRecipient>();
        Add(recipients, header, "to", RecipientField.To);
        Add(recipients, header, "cc", RecipientField.Cc);
        Add(recipients, header, "delivered-to", RecipientField.DeliveredTo);
        return recipients;
    }

    private static void Add(List<MailRecipient> recipients, HeaderBlock header, string name, RecipientField field)
    {
        foreach (var address in Mailboxes(header, name))
        {
            string domain = ValidDomain(address.Domain);
            recipients.Add(new(field, AsciiText.ToLower(address.LocalPart) + "@" + domain, MailText.WithoutControls(address.Name)));
        }
    }

    // A field that occurs more than once counts as one list. Where it is not UTF-8, its letters beyond ASCII were guessed: good enough for
    // a name, while an address with a wrong letter is somebody else's.
    private static List<ParsedAddress> Mailboxes(HeaderBlock header, string name)
    {
        var mailboxes = new List<ParsedAddress>();
        foreach (var field in header.All(name))
        {
            bool isGuessed = !Utf8.IsValid(field.Value.Span);
            foreach (var mailbox in AddressList.Parse(header.TextOf(field)))
            {
                if (mailboxes.Count < AddressList.MaxAddresses && !(isGuessed && !System.Text.Ascii.IsValid(mailbox.Address)))
                    mailboxes.Add(mailbox);
            }
        }

        return mailboxes;
    }

    private static string NameOf(ParsedAddress author, string address)
    {
        string name = author.Name;
        if (author.Comment is { } comment)
            name = name.Length == 0 ? comment.Trim() : $"{name} ({comment})";
        name = MailText.WithoutControls(name);
        return name.Length == 0 ? address : name;
    }

    private static string? ValidAddress(ParsedAddress author)
    {
        string address = author.LocalPart + "@" + ValidDomain(author.Domain);
        return AddressSyntax.IsValid(address) ? address : null;
    }

    // An internationalized domain is stored in its ASCII form (RFC 5890), which every mail system can answer to.
    private static string ValidDomain(string domain)
    {
        if (System.Text.Ascii.IsValid(domain))
            return domain;

        try
        {
            return new IdnMapping().GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }
}
