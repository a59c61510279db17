using MimeKit;

namespace Pipe.Outgoing;

/// <summary>Mailboxes as MimeKit and MailKit take them.</summary>
internal static class Mailboxes
{
    /// <summary>The mailbox of an address. A local part with dots where RFC 5322 has none is quoted, which means the same.</summary>
    public static MailboxAddress Of(string name, string address)
    {
        int at = address.LastIndexOf('@');
        var local = address.AsSpan(0, Math.Max(at, 0));
        bool isUnusual = local is ['.', ..] or [.., '.'] || local.IndexOf("..") >= 0;
        return new MailboxAddress(name, isUnusual && local[0] != '"' ? $"\"{local}\"{address[at..]}" : address);
    }
}
