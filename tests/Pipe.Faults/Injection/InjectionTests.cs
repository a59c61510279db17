using System.Globalization;
using System.Text;
using System.Text.Json;
using Pipe.Faults.Desks;
using Pipe.Testing.Http;

namespace Pipe.Faults.Injection;

/// <summary>Text from a mail stays text: in SQL, in the log, in HTTP and mail headers, in file names, at a terminal.</summary>
public sealed class InjectionTests : IDisposable
{
    private static readonly string[] Hostile =
    [
        "'; DROP TABLE ost_ticket; --",
        "' OR '1'='1",
        "\\'; DELETE FROM ost_thread_entry; #",
        "\" UNION SELECT value FROM ost_config --",
        "a\\",
        "%' AND 1=0 --",
        "$(touch /tmp/pipe-was-here) `id` ; rm -rf ~ | cat && true",
        "%s%s%n%x {0} {{1}} @p0 ? :name $1",
        "0x53514C", "NULL", "1e999", "\u02bc OR 1=1", "\uff07 OR 1=1 --",
    ];

    private readonly PipeBox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public void SQL_in_every_field_is_text_in_SQLite()
    {
        using var desk = new SqliteDesk(Path.Combine(_box.Folder, "pipe.db"));
        AssertTextStaysText(desk);
    }

    [Fact]
    public void SQL_in_every_field_is_text_in_MariaDB()
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        using var desk = new MariaDbDesk(MariaDbServer.Shared, Path.Combine(_box.Folder, "osticket"));
        AssertTextStaysText(desk);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void A_log_line_stays_one_line_whatever_is_in_the_mail(string format)
    {
        const string Forged = "x\r\n2026-11-23T08:00:00.000+00:00 pipe[1] information: message outcome=new-ticket ticket=999999";
        _box.Environment["PIPE_STORE"] = Path.Combine(_box.Folder, "pipe.db");
        _box.Environment["PIPE_LOG_FORMAT"] = format;
        _box.Environment["SENDER"] = Forged + "\x1b[2J\u2028\u0085\x7f\"quoted\" a=b";
        _box.Environment["RECIPIENT"] = "\n" + Forged;
        byte[] mail = Encoding.UTF8.GetBytes(
            $"From: =?utf-8?Q?x=0D=0A=1B[2J?= <a@customer.test>\r\nTo: =?utf-8?Q?y=0Az?= <b@customer.test>\r\nSubject: =?utf-8?Q?{Uri.EscapeDataString(Forged).Replace('%', '=')}?=\r\n"
            + "Message-ID: <a\x1b[31m\x07\x9b outcome=forged\x00b@customer.test>\r\nContent-Type: image/png; name=\"=?utf-8?Q?a=0Db=0Ac?=\"\r\nContent-Disposition: attachment\r\n\r\nx");
        _box.DeliverDone(mail);

        string[] lines = File.ReadAllText(_box.LogFile).TrimEnd('\n').Split('\n');
        Assert.Single(lines, line => format == "json" ? JsonDocument.Parse(line).RootElement.ToString().Contains("\"outcome\"", StringComparison.Ordinal) : line.Contains(": message ", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u2028' or '\u2029'));
        Assert.All(lines, line => Assert.False(line.StartsWith("2026-11-23T08:00:00.000", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task Line_ends_in_what_the_mail_says_make_no_header_of_the_request()
    {
        await using var server = await DeskServer.StartAsync();
        _box.Environment["PIPE_URL"] = server.Url.ToString();
        _box.Environment["PIPE_KEY"] = "0123456789ABCDEF0123456789ABCDEF";
        _box.Environment["SENDER"] = "a@customer.test\r\nX-API-Key: forged\r\n\r\nGET / HTTP/1.1";
        _box.Environment["RECIPIENT"] = "support@example.test\r\nX-Forged: 1";
        byte[] mail = "From: a@customer.test\r\nMessage-ID: <a\r\n X-Forged: 1\r\n\tb@customer.test>\r\nSubject: x\r\n\r\nPOST / HTTP/1.1\r\nX-Forged: 1\r\n\r\n"u8.ToArray();
        _box.DeliverDone(mail);

        var request = Assert.Single(server.Requests);
        Assert.DoesNotContain("X-Forged", request.Headers.Keys);
        Assert.Equal(_box.Environment["PIPE_KEY"], request.Headers["X-API-Key"]);
        Assert.Equal(mail, request.Body);
    }

    [Fact]
    public void A_notice_about_a_quarantined_mail_has_no_header_from_its_envelope()
    {
        using var desk = new SqliteDesk(Path.Combine(_box.Folder, "pipe.db"));
        _box.Environment["PIPE_SPOOL"] = "on";
        _box.Environment["PIPE_STORE"] = "/proc/no/such/folder/pipe.db";
        _box.DeliverDone(TestMail.Create("a").Bytes, "--sender", "a@customer.test\r\nBcc: b@customer.test", "--rcpt", "x@example.test>\r\nBcc: <c@customer.test");
        string record = Assert.Single(Directory.GetFiles(Path.Combine(_box.DataFolder, "spool"), "*.json"));
        File.WriteAllText(record, File.ReadAllText(record)
            .Replace("\"failures\": 0", "\"failures\": 5", StringComparison.Ordinal)
            .Replace("a@customer.test", "a@customer.test\\r\\nBcc: d@customer.test", StringComparison.Ordinal));

        desk.Configure(_box.Environment);
        Assert.Equal(0, _box.Command("spool", "retry").ExitCode);
        Assert.Equal(1, desk.Number("SELECT COUNT(*) FROM ost_ticket"));
        Assert.DoesNotContain("Bcc", Assert.Single(desk.Rows("SELECT headers FROM ost_thread_entry_email"))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../../../../../tmp/pipe-escaped")]
    [InlineData("/tmp/pipe-escaped")]
    [InlineData("..\\..\\pipe-escaped")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("~/.ssh/authorized_keys")]
    [InlineData(".bashrc")]
    [InlineData("-rf")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("link")]                            // a link that lies there and leads elsewhere
    [InlineData("\u202etxt.exe")]
    [InlineData("CON:stream")]
    public void An_attachment_s_name_does_not_lead_out_of_the_folder(string name)
    {
        using var desk = new SqliteDesk(Path.Combine(_box.Folder, "pipe.db"));
        desk.Configure(_box.Environment);
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(name));
        byte[] mail = Encoding.ASCII.GetBytes(
            "From: a@customer.test\r\nSubject: file\r\nMessage-ID: <file@customer.test>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n"
            + $"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"=?utf-8?B?{encoded}?=\"\r\n\r\ncontent of the file\r\n--b--\r\n");
        _box.DeliverDone(mail);

        string folder = Path.Combine(_box.Folder, "deep", "files");
        Directory.CreateDirectory(folder);
        string victim = Path.Combine(_box.Folder, "victim");
        File.WriteAllText(victim, "untouched");
        File.CreateSymbolicLink(Path.Combine(folder, "link"), victim);
        var before = AllFiles();
        string number = desk.Rows("SELECT number FROM ost_ticket")[0][0];
        var (exitCode, text) = _box.Command("tickets", "show", number, "--attachments", folder);

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
        Assert.Equal("untouched", File.ReadAllText(victim));
        Assert.False(Path.Exists("/tmp/pipe-escaped"));
        string created = Assert.Single(AllFiles().Except(before));
        Assert.Equal(folder, Path.GetDirectoryName(created));
        Assert.DoesNotContain(Path.GetFileName(created)[..1], (string[])[".", "-"]);
        Assert.Equal("content of the file", File.ReadAllText(created).TrimEnd());
    }

    [Fact]
    public void No_escape_sequence_reaches_the_terminal()
    {
        string[] sequences =
        [
            "\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;http://leak.test\x07click\x1b]8;;\x07", "\x1b]52;c;ZWNobw==\x07", "\x1bP+q\x1b\\", "\u009b31m", "\u009d0;x\u009c",
            "\x08\x08\x08", "\r hidden", "\x7f", "\x0e\x0f", "\x05", "\x1b[6n", "\x1b[?1049h", "\u202e\u2066reversed", "\ufeff", "\x00",
        ];
        using var desk = new SqliteDesk(Path.Combine(_box.Folder, "pipe.db"));
        desk.Configure(_box.Environment);
        for (int i = 0; i < sequences.Length; i++)
        {
            string word = Convert.ToBase64String(Encoding.UTF8.GetBytes(sequences[i] + "x"));
            byte[] mail = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"From: =?utf-8?B?{word}?= <a{i}@customer.test>\r\nSubject: =?utf-8?B?{word}?= {sequences[i]} raw\r\nMessage-ID: <esc{i}{sequences[i]}@customer.test>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{sequences[i]} in the text\r\n--b\r\nContent-Type: application/x{sequences[i]}y\r\nContent-Disposition: attachment; filename=\"=?utf-8?B?{word}?=.txt\"\r\n\r\nfile\r\n--b--\r\n"));
            _box.DeliverDone(mail);
        }

        var list = _box.Command("tickets");
        Assert.Equal(0, list.ExitCode);
        var shown = desk.Rows("SELECT number FROM ost_ticket").Select(row => _box.Command("tickets", "show", row[0]).Text).ToList();
        Assert.Equal(sequences.Length, shown.Count);
        foreach (string text in shown.Append(list.Text))
            Assert.DoesNotContain(text, c => (char.IsControl(c) && c != '\n') || c is '\u202e' or '\u2066');
    }

    private HashSet<string> AllFiles() => [.. Directory.EnumerateFileSystemEntries(_box.Folder, "*", SearchOption.AllDirectories)
        .Where(path => !Path.GetFileName(path).StartsWith("run-", StringComparison.Ordinal) && !path.Contains("pipe.db", StringComparison.Ordinal) && path != _box.LogFile)];

    private void AssertTextStaysText(SqlDesk desk)
    {
        desk.Configure(_box.Environment);
        for (int i = 0; i < Hostile.Length; i++)
        {
            string text = Hostile[i];
            string word = $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
            byte[] mail = Encoding.UTF8.GetBytes(
                $"From: {word} <a{i}@customer.test>\r\nTo: {word} <support@example.test>\r\nCc: {word} <c{i}@customer.test>\r\nSubject: {word}\r\nMessage-ID: <{i}{text}@customer.test>\r\n"
                + $"In-Reply-To: <{text}@customer.test>\r\nReferences: <{text}@customer.test>\r\nX-Priority: {text}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                + $"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"{word}\"\r\n\r\n{text}\r\n--b--\r\n");
            Assert.Equal(0, _box.DeliverThrough($"export SENDER=\"{Quote(text)}@customer.test\" RECIPIENT=\"{Quote(text)}@example.test\"; exec \"$@\"", mail));
        }

        Assert.Equal(Hostile.Length, desk.Number("SELECT COUNT(*) FROM ost_ticket"));
        Assert.Equal(Hostile.Length, desk.Number("SELECT COUNT(*) FROM ost_thread_entry"));
        Assert.Equal(Hostile.Length, desk.Number("SELECT COUNT(DISTINCT file_id) FROM ost_file_chunk"));
        var subjects = desk.Rows("SELECT subject FROM ost_ticket__cdata ORDER BY ticket_id").Select(row => row[0].Replace("\\\\", "\\", StringComparison.Ordinal)).ToList();
        Assert.Equal(Hostile, subjects);
        Assert.False(File.Exists("/tmp/pipe-was-here"));
    }

    // For the inside of double quotes in sh.
    private static string Quote(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("$", "\\$", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal);
}
