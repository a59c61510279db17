using System.Globalization;
using System.Text;

namespace Pipe.Faults.Html;

/// <summary>An attempt to have a browser run something, or ask for something, as a mail brings it.</summary>
/// <param name="Number">Its place in the list.</param>
/// <param name="Kind">The heading in the list.</param>
/// <param name="Charset">The charset that the mail declares.</param>
/// <param name="Html">The bytes of the body.</param>
internal sealed record XssPayload(int Number, string Kind, string Charset, byte[] Html)
{
    /// <summary>Reads the list: one a line, headings begin with "# ", <c>\n \t \x0b \u00a0</c> stand for what cannot be written, and a line may begin with a charset.</summary>
    public static IReadOnlyList<XssPayload> ReadAll()
    {
        string path = Path.Combine(RepositoryFiles.Root, "tests", "Pipe.Faults", "Html", "xss-payloads.txt");
        var payloads = new List<XssPayload>();
        string kind = "";
        foreach (string line in File.ReadLines(path))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                kind = line[2..];
                continue;
            }

            string charset = "utf-8", text = line;
            if (line.StartsWith("charset=", StringComparison.Ordinal))
                (charset, text) = (line[8..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            payloads.Add(new XssPayload(payloads.Count, kind, charset, Encode(Unescape(text), charset)));
        }

        return payloads;
    }

    /// <summary>The payload in a mail of its own.</summary>
    public byte[] ToMail() =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"From: Eve <eve{Number}@customer.test>\r\nTo: {OsTicketInstallation.SystemEmail}\r\n")),
        .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Subject: payload {Number}\r\nMessage-ID: <xss-{Number}@customer.test>\r\nMIME-Version: 1.0\r\n")),
        .. Encoding.ASCII.GetBytes($"Content-Type: text/html; charset={Charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"),
        .. Encoding.ASCII.GetBytes(Convert.ToBase64String([.. Encode("<p>Hello</p>", Charset), .. Html], Base64FormattingOptions.InsertLineBreaks) + "\r\n"),
    ];

    // Only what stands for several bytes a character is encoded; \x81 is a byte in every other charset.
    private static byte[] Encode(string text, string charset) => charset switch
    {
        "utf-16le" => Encoding.Unicode.GetBytes(text),
        "utf-16be" => Encoding.BigEndianUnicode.GetBytes(text),
        "utf-32le" => Encoding.UTF32.GetBytes(text),
        _ => text.Any(c => c > 0xFF) ? Encoding.UTF8.GetBytes(text) : Encoding.Latin1.GetBytes(text),
    };

    private static string Unescape(string text)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char next = text[i] == '\\' && i + 1 < text.Length ? text[i + 1] : '\0';
            int digits = next switch { 'x' => 2, 'u' => 4, _ => 0 };
            if (next is 'n' or 't')
                result.Append(next == 'n' ? '\n' : '\t');
            else if (digits > 0 && i + 1 + digits < text.Length && int.TryParse(text.AsSpan(i + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
                result.Append((char)code);
            else
            {
                result.Append(text[i]);
                continue;
            }

            i += 1 + digits;
        }

        return result.ToString();
    }
}
