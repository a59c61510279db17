using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>Writes addresses for a header.</summary>
internal static class AddressWriter
{
    public static string Encode(FormatOptions options, InternetAddress address)
    {
        var folder = new LineFolder(options, 0);
        Write(options, folder, address, "");
        return folder.ToString();
    }

    public static string Encode(FormatOptions options, InternetAddressList list, int column = 0)
    {
        var folder = new LineFolder(options, column);
        WriteList(options, folder, list);
        return folder.ToString();
    }

    private static void WriteList(FormatOptions options, LineFolder folder, InternetAddressList list)
    {
        for (int i = 0; i < list.Count; i++)
            Write(options, folder, list[i], i + 1 < list.Count ? "," : "");
    }

    private static void Write(FormatOptions options, LineFolder folder, InternetAddress address, string separator)
    {
        if (address is GroupAddress group)
        {
            WritePhrase(options, folder, group, ":");
            WriteList(options, folder, group.Members);
            folder.Attach(";" + separator);
            return;
        }

        var mailbox = (MailboxAddress)address;
        string spec = Sanitize(options.International ? mailbox.Address : MailboxAddress.EncodeAddrspec(mailbox.Address));
        if (string.IsNullOrEmpty(mailbox.Name))
        {
            folder.Word(spec + separator);
            return;
        }

        WritePhrase(options, folder, mailbox, "");
        folder.Word("<" + spec + ">" + separator);
    }

    private static void WritePhrase(FormatOptions options, LineFolder folder, InternetAddress address, string end)
    {
        string phrase = EncodedWordWriter.EncodePhrase(options, address.Encoding, address.Name ?? "");
        folder.Words(phrase);
        folder.Attach(end);
    }

    // Nothing that an address holds may end the line.
    private static string Sanitize(string address) => address.AsSpan().IndexOfAny('\r', '\n', '\0') < 0
        ? address
        : address.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);
}
