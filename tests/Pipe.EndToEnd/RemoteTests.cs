using System.Globalization;
using System.Text;

namespace Pipe.EndToEnd;

/// <summary>The published executable against a real HTTP server: what each answer means for the mail system.</summary>
public sealed class RemoteTests : IAsyncLifetime
{
    private const string CreateFailure = "Unable to create new ticket :user\nIncomplete client information";
    private const string Denied = "Unable to create new ticket :Ticket denied: joe@example.test\n\nThis help desk is for use by authorized users only";

    private readonly Sandbox _sandbox = new();
    private DeskServer _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _desk = await DeskServer.StartAsync();
        _sandbox.Environment["PIPE_URL"] = _desk.Url.ToString();
        _sandbox.Environment["PIPE_KEY_FILE"] = _sandbox.Write("key.txt", "0123456789ABCDEF\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        _sandbox.Dispose();
    }

    [Fact]
    public void A_mail_is_posted_as_it_came_and_the_number_is_logged()
    {
        byte[] mail = Repository.Message("new-ticket.eml");

        _sandbox.Run(mail).AssertSilent(0);

        var request = Assert.Single(_desk.Requests);
        Assert.Equal(mail, request.Body);
        Assert.Equal("0123456789ABCDEF", request.Headers["X-API-Key"]);
        Assert.False(request.Headers.ContainsKey("Expect"));
        Assert.Contains("outcome=posted ticket=518477 exit=0", _sandbox.MessageLine, StringComparison.Ordinal);
        Assert.DoesNotContain(_sandbox.LogLines, line => line.Contains("0123456789ABCDEF", StringComparison.Ordinal));
        Assert.False(File.Exists(_sandbox.DefaultStore));
    }

    [Fact]
    public void An_oversized_mail_is_posted_with_a_remark_and_kept_as_a_whole_under_the_name_in_the_log()
    {
        byte[] mail = Encoding.ASCII.GetBytes(
            "From: joe@example.test\nTo: support@example.test\nSubject: the log\nMessage-ID: <big@example.test>\nContent-Type: multipart/mixed; boundary=b\n\n"
            + "--b\n\nHere is the log.\n--b\nContent-Type: text/x-log; name=big.log\nContent-Disposition: attachment\n\n" + new string('x', 200_000) + "\n--b--\n");
        string quarantine = Path.Combine(_sandbox.Folder, "quarantine");

        _sandbox.Run(mail, "--max-message-size", "100K", "--quarantine", quarantine).AssertSilent(0);

        string posted = Encoding.ASCII.GetString(Assert.Single(_desk.Requests).Body);
        Assert.StartsWith("From: joe@example.test\r\nTo: support@example.test\r\nSubject: the log\r\nMessage-ID: <big@example.test>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain;", posted, StringComparison.Ordinal);
        string text = Encoding.UTF8.GetString(Convert.FromBase64String(posted[posted.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]));
        Assert.StartsWith("Here is the log.", text, StringComparison.Ordinal);
        Assert.Contains($"[This message was cut: it has {mail.Length} bytes, and 102400 are allowed here. 1 attached file(s) were left out.", text, StringComparison.Ordinal);
        string kept = Assert.Single(Directory.GetFiles(quarantine, "*.eml"));
        Assert.Equal(mail, File.ReadAllBytes(kept));
        Assert.Contains(_sandbox.LogLines, line => line.Contains("warning: odd", StringComparison.Ordinal) && line.Contains("kept as " + kept, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200, "518477", 75, 75)]
    [InlineData(201, "518477", 0, 0)]
    [InlineData(202, "", 75, 75)]
    [InlineData(301, "", 75, 75)]
    [InlineData(302, "", 75, 75)]
    [InlineData(308, "", 75, 75)]
    [InlineData(400, "URL not supported", 75, 66)]
    [InlineData(401, "Valid API key required", 75, 77)]
    [InlineData(403, Denied, 0, 77)]
    [InlineData(404, "<html>", 75, 75)]
    [InlineData(413, "<html>", 75, 75)]
    [InlineData(415, "", 75, 65)]
    [InlineData(416, "", 75, 65)]
    [InlineData(417, "", 75, 65)]
    [InlineData(429, "", 75, 75)]
    [InlineData(500, CreateFailure, 0, 75)]
    [InlineData(500, "unknown error", 75, 75)]
    [InlineData(501, "", 75, 65)]
    [InlineData(502, "", 75, 75)]
    [InlineData(503, "", 75, 69)]
    [InlineData(504, "", 75, 75)]
    public void Each_status_has_its_exit_code(int status, string body, int exitCode, int postfixExitCode)
    {
        _desk.Answer = context => DeskServer.WriteAsync(context, status, body);

        _sandbox.Run(Repository.Message("new-ticket.eml")).AssertSilent(exitCode);
        _sandbox.Run(Repository.Message("new-ticket.eml"), "--exit-codes", "postfix").AssertSilent(postfixExitCode);

        Assert.Equal(2, _desk.Requests.Count);
        if (exitCode == 75)
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"http_status={status}"), _sandbox.LogLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_denied_mail_goes_back_where_the_administrator_asks_for_it()
    {
        _desk.Answer = context => DeskServer.WriteAsync(context, 403, Denied);

        _sandbox.Run(Repository.Message("new-ticket.eml"), "--denied", "reject").AssertSilent(77);
    }

    [Fact]
    public void A_mail_that_the_help_desk_can_never_take_is_kept_and_logged_as_an_error()
    {
        byte[] mail = Repository.Message("new-ticket.eml");
        string quarantine = Path.Combine(_sandbox.Folder, "quarantine");
        _desk.Answer = context => DeskServer.WriteAsync(context, 500, CreateFailure);

        for (int i = 0; i < 2; i++)
            _sandbox.Run(mail, "--quarantine", quarantine).AssertSilent(0);

        Assert.Equal(mail, File.ReadAllBytes(Assert.Single(Directory.GetFiles(quarantine, "*.eml"))));
        Assert.Contains("Incomplete client information", File.ReadAllText(Assert.Single(Directory.GetFiles(quarantine, "*.json"))), StringComparison.Ordinal);
        Assert.Contains(_sandbox.LogLines, line => line.Contains(" error: ", StringComparison.Ordinal) && line.Contains("500", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_quarantine_the_mail_system_keeps_it()
    {
        _desk.Answer = context => DeskServer.WriteAsync(context, 500, CreateFailure);

        _sandbox.Run(Repository.Message("new-ticket.eml"), "--quarantine", "/proc/nonexistent").AssertSilent(75);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 201 Cre")]
    [InlineData("garbage")]
    [InlineData("HTTP/1.1 500 oops 201 x\r\nContent-Length: 0\r\n\r\n")]
    public async Task An_answer_that_is_cut_or_garbage_is_75(string answer)
    {
        await using var server = RawServer.Sending(answer);

        await Task.Run(() => _sandbox.Run(Repository.Message("new-ticket.eml"), "--url", server.Url.ToString()).AssertSilent(75));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_75()
    {
        await using var server = new RawServer((_, token) => Task.Delay(Timeout.Infinite, token));

        await Task.Run(() => _sandbox.Run(Repository.Message("new-ticket.eml"), "--url", server.Url.ToString(), "--request-timeout", "1").AssertSilent(75));

        Assert.Contains("no answer within 1 seconds", _sandbox.MessageLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deadline_ends_a_request_that_would_take_longer()
    {
        await using var server = new RawServer((_, token) => Task.Delay(Timeout.Infinite, token));

        await Task.Run(() => _sandbox.Run(Repository.Message("new-ticket.eml"), "--url", server.Url.ToString(), "--deadline", "1").AssertSilent(75));

        Assert.Contains("not done within 1 seconds", _sandbox.MessageLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/api/tickets.email")]
    [InlineData("http://nonexistent.invalid/api/tickets.email")]
    [InlineData("http://[::1]:9/api/tickets.email")]
    public void A_server_that_is_not_there_is_75(string url) =>
        _sandbox.Run(Repository.Message("new-ticket.eml"), "--url", url, "--deadline", "20").AssertSilent(75);

    [Fact]
    public async Task Tls_with_an_own_authority_is_trusted_only_where_it_is_named()
    {
        using var certificates = new TestCertificates();
        using var certificate = certificates.CreateServer();
        await using var server = await DeskServer.StartAsync(certificate);
        string caFile = _sandbox.Write("ca.pem", certificates.AuthorityPem);
        string url = server.Url.ToString();

        await Task.Run(() =>
        {
            _sandbox.Run(Repository.Message("new-ticket.eml"), "--url", url).AssertSilent(75);
            _sandbox.Run(Repository.Message("new-ticket.eml"), "--url", url, "--ca-file", caFile).AssertSilent(0);
            _sandbox.Run(Repository.Message("new-ticket.eml"), "--url", url.Replace("localhost", "127.0.0.2", StringComparison.Ordinal), "--ca-file", caFile).AssertSilent(75);
        });

        Assert.Single(server.Requests);
    }

    [Fact]
    public void The_proxy_of_the_environment_is_used()
    {
        _sandbox.Environment["http_proxy"] = $"http://127.0.0.1:{_desk.Port}";

        _sandbox.Run(Repository.Message("new-ticket.eml"), "--url", "http://desk.example.test/api/tickets.email").AssertSilent(0);

        Assert.Equal("desk.example.test", Assert.Single(_desk.Requests).Headers["Host"]);
    }

    [Fact]
    public async Task The_password_of_a_proxy_is_not_logged()
    {
        await using var proxy = RawServer.Sending("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        _sandbox.Environment["https_proxy"] = $"http://joe:its'secret@127.0.0.1:{proxy.Url.Port}";

        await Task.Run(() => _sandbox.Run(Repository.Message("new-ticket.eml"), "--url", "https://desk.example.test/api/tickets.email").AssertSilent(75));

        Assert.Contains("407", _sandbox.MessageLine, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", string.Concat(_sandbox.LogLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sample_is_posted()
    {
        foreach (string file in Directory.GetFiles(Repository.Messages, "*.eml"))
            _sandbox.Run(File.ReadAllBytes(file)).AssertSilent(0);

        Assert.Equal(Directory.GetFiles(Repository.Messages, "*.eml").Length, _desk.Requests.Count);
    }

    [Fact]
    public void The_key_may_come_from_the_environment_or_the_file_but_not_from_the_command_line()
    {
        _sandbox.Environment.Remove("PIPE_KEY_FILE");
        _sandbox.Run(Repository.Message("new-ticket.eml"), "--key", "0123").AssertSilent(75);

        _sandbox.Environment["PIPE_KEY"] = "FEDCBA";
        _sandbox.Run(Repository.Message("new-ticket.eml")).AssertSilent(0);

        Assert.Equal("FEDCBA", Assert.Single(_desk.Requests).Headers["X-API-Key"]);
    }
}
