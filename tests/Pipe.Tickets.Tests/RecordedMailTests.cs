using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipe.Tickets.Entries;
using Pipe.Tickets.People;
using Pipe.Tickets.Routing;

namespace Pipe.Tickets.Tests;

/// <summary>Compares what is made of a mail with the rows that a real osTicket 1.18.1 stored for it.</summary>
public sealed class RecordedMailTests
{
    private static readonly Mailbox[] Mailboxes =
        [new(1, "support@acme.test", "Support"), new(2, "alerts@acme.test", "osTicket Alerts"), new(3, "noreply@acme.test", "")];

    private static readonly string? CasesFolder = FindCases();

    // Where we do better on purpose. The numbers are those of the quirks in the description of osTicket's parser; a case that
    // does not differ any more has to leave this list.
    private static readonly Dictionary<string, string> Accepted = new(StringComparer.Ordinal)
    {
        ["att-audio-no-disposition"] = "25: a file without disposition is kept",
        ["att-external-body"] = "17: the line end before a boundary is not the file's",
        ["att-inline-same-bytes"] = "40: both references of one file work",
        ["att-known-content"] = "the recording has no new file row where the content was there",
        ["att-mime-missing"] = "14: a transfer encoding counts without Content-Type too",
        ["att-name-rfc2231-split-plain"] = "27: RFC 2231 in full",
        ["att-name-sql"] = "27: a semicolon may stand in quotes",
        ["att-name-windows-path"] = "27: quoted pairs are decoded",
        ["att-no-cte"] = "17",
        ["att-no-disposition-application"] = "24: a name is made up",
        ["att-no-name"] = "24",
        ["att-one-byte-zero"] = "the recording has no content for a file that holds 0",
        ["att-text-as-attachment-only"] = "17",
        ["att-tnef-codepage"] = "30: the last property of a list counts",
        ["att-tnef-html"] = "30",
        ["att-tnef-importance"] = "30",
        ["att-uuencode-cte"] = "17",
        ["att-vcard"] = "17",
        ["auto-arf"] = "21: an enclosed message is a file, not text",
        ["ban-attachment"] = "nothing is stored for a banned sender",
        ["bounce-dsn-unknown"] = "21, 36",
        ["charset-ascii-declared-utf8"] = "what is UTF-8 throughout is UTF-8",
        ["charset-invalid-middle"] = "a single byte that is not UTF-8 is a letter",
        ["charset-latin1-declared-utf8-body"] = "what is UTF-8 throughout is UTF-8",
        ["charset-utf8-declared-latin1-body"] = "a single byte that is not UTF-8 is a letter",
        ["header-only-from"] = "2: one header field is a header",
        ["header-to-undisclosed"] = "10: an empty group has no members",
        ["hostile-bare-cr"] = "4.1: no line breaks in subjects",
        ["hostile-blanks"] = "1: kept as a raw file",
        ["hostile-cr-only"] = "1",
        ["hostile-garbage-text"] = "1",
        ["hostile-one-newline"] = "1",
        ["hostile-latin1-headers-all"] = "8: raw 8-bit headers are Windows-1252 where they are not UTF-8",
        ["hostile-sql"] = "6.3: quoted pairs are decoded",
        ["hostile-utf8-overlong"] = "36: invalid UTF-8 is dropped, not read as Latin-1",
        ["hostile-zip-bomb-name"] = "15: a broken type is application/octet-stream",
        ["html-deep-nesting"] = "39: nothing is lost below 254 nested elements",
        ["html-iframe"] = "39: no stray end tag",
        ["html-nested-links-spaces"] = "37: entities stay what they are",
        ["html-null-and-control"] = "39: nothing is lost behind a NUL",
        ["mail-autoresp-vars"] = "36: plain text is not HTML",
        ["mime-base64-concatenated"] = "several padded pieces are decoded one by one",
        ["html-multiple-parts"] = "21: plain text beside HTML is shown too",
        ["mime-boundary-prefix"] = "21: plain text beside HTML is shown too",
        ["mime-calendar-attached"] = "25: an invitation is a file",
        ["mime-related-start"] = "21: plain text beside HTML is shown too",
        ["mime-boundary-not-found"] = "18: text is kept where no boundary is found",
        ["mime-cte-comment"] = "a comment is allowed behind a transfer encoding",
        ["mime-digest"] = "21",
        ["mime-no-content-type-parts"] = "17",
        ["mime-rfc822-attachment"] = "17, 21",
        ["mime-rfc822-inline"] = "21",
        ["mime-rfc822-no-subject"] = "17, 21",
        ["mime-signed"] = "17",
        ["mime-text-enriched"] = "25: text that cannot be shown is kept as a file",
        ["mime-type-garbage"] = "15: text",
        ["subject-entities"] = "13.3: what looks like a tag stays in a subject",
        ["subject-raw-koi8"] = "8",
        ["text-urls"] = "36",
        ["thread-token-forged"] = "the recording shows a msg-id in words",
    };

    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        if (CasesFolder is null)
            cases.Add("");
        else
        {
            foreach (string folder in Directory.GetDirectories(CasesFolder).Order(StringComparer.Ordinal))
                cases.Add(Path.GetFileName(folder));
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Read_gives_what_osTicket_stored(string name)
    {
        Assert.SkipWhen(CasesFolder is null, "the recordings of a real osTicket are not beside this repository");

        var differences = await DifferencesAsync(Path.Combine(CasesFolder, name), name);

        if (Accepted.TryGetValue(name, out string? reason))
            Assert.True(differences.Count > 0, $"does as osTicket does now, though this was expected: {reason}");
        else
            Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static async Task<List<string>> DifferencesAsync(string folder, string name)
    {
        using var recorded = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "expected.json")));
        var differences = new List<string>();
        string setup = await ReadIfThereAsync(Path.Combine(folder, "setup.sql"));
        foreach (var message in recorded.RootElement.GetProperty("messages").EnumerateArray())
        {
            var tables = message.GetProperty("tables");
            string file = message.GetProperty("file").GetString()!;
            byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(folder, file));
            if (Encoding.Latin1.GetString(bytes).Contains("{{", StringComparison.Ordinal) && !folder.Contains("hostile-", StringComparison.Ordinal))
                continue;

            using var raw = await Mails.RawAsync(bytes);
            bool richText = !setup.Contains("'enable_richtext'", StringComparison.Ordinal);
            bool strip = !setup.Contains("'strip_quoted_reply'", StringComparison.Ordinal) && !setup.Contains("'reply_separator'", StringComparison.Ordinal);
            var mail = InboundMailReader.Read(
                raw, new InboundMailOptions { RichText = richText, ReplySeparator = strip ? "-- reply above this line --" : null }, new DeliveryTrace());
            Compare(differences, file, mail, tables, setup);
        }

        return differences;
    }

    private static void Compare(List<string> differences, string file, InboundMail mail, JsonElement tables, string setup)
    {
        string? desk = setup.Contains("'Sales Desk'", StringComparison.Ordinal) ? "Sales Desk" : setup.Contains("'sales@acme.test','Sales'", StringComparison.Ordinal) ? "Sales" : null;
        Mailbox[] mailboxes = desk is null ? Mailboxes : [.. Mailboxes, new(4, "sales@acme.test", desk)];
        var entry = Rows(tables, "thread_entry").FirstOrDefault(row => Text(row, "type") == "M");
        if (entry.ValueKind != JsonValueKind.Undefined)
        {
            var options = new EntryBodyOptions { IframeHosts = setup.Contains("'embedded_domain_whitelist',''", StringComparison.Ordinal) ? [] : new EntryBodyOptions().IframeHosts };
            var body = EntryBody.FromMail(mail.Body, options);
            var keys = mail.Attachments.Where(file => file.ContentId is not null).GroupBy(file => file.ContentId!).ToDictionary(g => g.Key, g => "<key>");
            foreach (var image in body.EmbeddedImages)
                keys[image.ContentId!] = "<key>";
            Check("format", Text(entry, "format"), body.Format == BodyFormat.Html ? "html" : "text");
            string expectedBody = Text(entry, "body") ?? "";
            string actualBody = body.WithFileKeys(keys);
            if (expectedBody.Length > 0 && !expectedBody.Contains("Received From:", StringComparison.Ordinal))
                Check("body", System.Text.RegularExpressions.Regex.Replace(expectedBody, "<filekey:\\d+>", "<key>"), SupplementaryCharacters.Replace(actualBody));
            if (Text(entry, "title") is { } title)
                Check("title", title, Cut(SupplementaryCharacters.Replace(EntryTitle.FromSubject(mail.Subject) ?? "")));
            if (Text(entry, "recipients") is { Length: < 65535 } recipients && !recipients.Contains("\"len\"", StringComparison.Ordinal))
                Check("recipients", recipients, MailRouting.Route(mail, address => Array.Find(mailboxes, m => m.Address.Equals(address, StringComparison.OrdinalIgnoreCase))).RecipientsJson);
        }

        foreach (var row in Rows(tables, "thread_entry_email").Where(row => row.GetProperty("thread_entry_id").GetInt32() != 0))
        {
            Check("mid", Text(row, "mid"), Cut(mail.MessageId));
            if (row.GetProperty("headers").ValueKind == JsonValueKind.String)
                Check("headers", Text(row, "headers"), SupplementaryCharacters.Replace(mail.Header));
        }

        foreach (var row in Rows(tables, "ticket__cdata").Where(row => row.TryGetProperty("subject", out _)))
            Check("cdata.subject", Text(row, "subject"), SupplementaryCharacters.Replace(SubjectField.FromSubject(mail.Subject)));
        var users = Rows(tables, "user").ToList();
        var addresses = Rows(tables, "user_email").ToList();
        if (users.Count > 0 && addresses.Count > 0 && Text(addresses[0], "address") is { } address
            && address.Equals(mail.Sender?.Address, StringComparison.OrdinalIgnoreCase))
        {
            Check("sender", address, mail.Sender!.Address);
            string stored = SupplementaryCharacters.Replace(PersonName.FromAuthor(mail.Sender));
            Check("user.name", Text(users[0], "name"), stored.Length > 128 ? stored[..128] : stored);
        }

        var files = Rows(tables, "file").Where(row => Text(row, "type") != "text/html" || !Text(row, "name")!.EndsWith(".txt", StringComparison.Ordinal)).ToList();
        var chunks = Rows(tables, "file_chunk").ToDictionary(row => row.GetProperty("file_id").GetInt32(), row => Text(row, "sha256"));
        var attachments = mail.Attachments.Where(file => file.ContentId is null || !mail.StrippedContentIds.Contains(file.ContentId)).ToList();
        Check("files", string.Join(" | ", files.Select(row => $"{Made(Text(row, "name"))};{Text(row, "type")};{row.GetProperty("size")};{chunks.GetValueOrDefault(row.GetProperty("id").GetInt32())?[..8]}")),
            string.Join(" | ", attachments.Select(Describe).Distinct()));

        void Check(string what, string? expected, string? actual)
        {
            if (expected != actual)
                differences.Add($"{file} {what}\n   expected {Show(expected)}\n   actual   {Show(actual)}");
        }
    }

    private static string Describe(InboundAttachment file)
    {
        var content = new MemoryStream();
        file.CopyTo(content);
        byte[] bytes = content.ToArray();
        string name = SupplementaryCharacters.Replace(file.Name);
        return $"{Made(name.Length > 255 ? name[..255] : name)};{file.MediaType};{bytes.Length};{(bytes.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(bytes))[..8])}";
    }

    private static string? Made(string? name) => name is null ? null : System.Text.RegularExpressions.Regex.Replace(name, @"^(image|email-message)-[a-zA-Z0-9_=]{4}\.", "$1-<rand>.");

    private static string Cut(string text) => text.Length > 255 ? text[..255] : text;

    private static string Show(string? text) => text is null ? "null" : JsonSerializer.Serialize(text.Length > 1500 ? text[..700] + "…" + text[^300..] : text);

    private static string? Text(JsonElement row, string column) => row.TryGetProperty(column, out var value) ? value.ValueKind == JsonValueKind.Null ? null : value.ToString() : null;

    private static IEnumerable<JsonElement> Rows(JsonElement tables, string table) =>
        tables.TryGetProperty(table, out var changes) && changes.TryGetProperty("inserted", out var rows)
            ? rows.EnumerateArray().Select(row => row.GetProperty("row"))
            : [];

    private static async Task<string> ReadIfThereAsync(string path) => File.Exists(path) ? await File.ReadAllTextAsync(path) : "";

    private static string? FindCases()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string cases = Path.Combine(folder.FullName, "shared", "osticket", "cases");
            if (Directory.Exists(cases))
                return cases;
        }

        return null;
    }
}
