using System.Globalization;
using Pipe.Tickets.People;

namespace Pipe.Tickets.Reading;

/// <summary>Who writes, who is to be answered, and who else was addressed.</summary>
internal static class Correspondents
{
    private static readonly string[] AuthorFields = ["from", "reply-to", "x-original-from"];

    /// <summary>The author: the first From mailbox with a valid address, else the first; <c>null</c> when the field names nobody.</summary>
    public static Correspondent? Sender(HeaderBlock header)
    {
        string field = Addresses(header, "from");
        var authors = AddressList.Parse(field);
        foreach (var author in authors)
        {
            if (ValidAddress(author) is { } address)
                return new(address, NameOf(author, address));
        }

        if (AddressList.FindAddress(field) is { } found)
            return new(found, found);
        return authors.Count > 0 ? new(authors[0].Address, NameOf(authors[0], authors[0].Address)) : null;
    }

    /// <summary>The first Reply-To mailbox, or <c>null</c>.</summary>
    public static Correspondent? ReplyTo(HeaderBlock header)
    {
        var addresses = AddressList.Parse(Addresses(header, "reply-to"));
        return addresses.Count > 0 ? new(addresses[0].Address, MailText.WithoutControls(addresses[0].Name).Trim(' ', '\t', '\r', '\n', '"')) : null;
    }

    /// <summary>The addresses of all who claim to have written the message, in lower case.</summary>
    public static HashSet<string> Authors(HeaderBlock header)
    {
        var authors = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in AuthorFields)
        {
            foreach (var address in AddressList.Parse(Addresses(header, name)))
                authors.Add(address.Address.ToLowerInvariant());
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
        foreach (var address in AddressList.Parse(Addresses(header, name)))
        {
            string domain = ValidDomain(address.Domain);
            recipients.Add(new(field, address.LocalPart.ToLowerInvariant() + "@" + domain, MailText.WithoutControls(address.Name)));
        }
    }

    // A field that occurs more than once counts as one list.
    private static string Addresses(HeaderBlock header, string name) => header.Joined(name, ", ") ?? "";

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
