using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Pipe.Remote.Tests;

public sealed class TicketsEmailApiTests : IAsyncLifetime
{
    private const string Mail = "From: joe@example.test\nMessage-ID: <1@example.test>\n\nhello\n";

    private DeskServer _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await DeskServer.StartAsync();

    public async ValueTask DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task DeliverAsync_posts_the_bytes_as_they_came()
    {
        byte[] mail = [.. "From joe@example.test Mon Jan  1 00:00:00 2024\nFrom: j\nMessage-ID: <1@a>\n\n"u8, 0, 0xFF, .. "\r\r\n.\n"u8];

        var (result, trace) = await DeliverAsync(mail);

        Assert.Equal(new DeliveryResult.Stored("518477", StoredAs.Posted), result);
        Assert.Equal("<1@a>", trace.MessageId);
        Assert.Equal(mail, Assert.Single(_desk.Requests).Body);
    }

    [Fact]
    public async Task DeliverAsync_sends_the_fields_of_the_contract_and_no_others()
    {
        await DeliverAsync(Mail);

        var request = Assert.Single(_desk.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/api/tickets.email", request.Target);
        Assert.Equal("HTTP/1.1", request.Protocol);
        Assert.Equal("0123456789ABCDEF", request.Headers["X-API-Key"]);
        Assert.StartsWith("pipe/", request.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Equal("message/rfc822", request.Headers["Content-Type"]);
        Assert.Equal(Mail.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), request.Headers["Content-Length"]);
        Assert.Equal(
            ["Accept", "Content-Length", "Content-Type", "Host", "User-Agent", "X-API-Key"],
            request.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task DeliverAsync_streams_a_message_that_is_not_in_memory()
    {
        byte[] mail = [.. Encoding.ASCII.GetBytes(Mail), .. new byte[3_000_000]];
        new Random(1).NextBytes(mail.AsSpan(Mail.Length));

        var (result, _) = await DeliverAsync(mail, messageOptions: new RawMessageOptions { MaxBytesInMemory = 4096 });

        Assert.IsType<DeliveryResult.Stored>(result);
        Assert.Equal(mail, Assert.Single(_desk.Requests).Body);
    }

    [Theory]
    [InlineData(403, "Unable to create new ticket :Ticket denied: joe@example.test\n\nThis help desk is for use by authorized users only")]
    [InlineData(403, "")]
    public async Task DeliverAsync_takes_403_for_a_denial(int status, string body) =>
        Assert.IsType<DeliveryResult.Refused>(await AnswerAsync(status, body));

    [Theory]
    [InlineData("Unable to create new ticket :user\nIncomplete client information")]
    [InlineData("Unable to create new ticket :err\nYou've reached the maximum open tickets allowed.")]
    [InlineData("Ticket konnte nicht erstellt werden :user\r\nUnvollständige Angaben")]   // the sentence is translated, the form is not
    public async Task DeliverAsync_takes_the_create_failure_for_permanent(string body)
    {
        var result = Assert.IsType<DeliveryResult.Unacceptable>(await AnswerAsync(500, body));
        Assert.Contains(body.Split('\n')[0].Trim(), result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "518477", DeferralCause.Unavailable)]                                            // api.md: may be a crash or a lost status
    [InlineData(200, "<br />\n<b>Fatal error</b>: Uncaught mysqli_sql_exception", DeferralCause.Unavailable)]
    [InlineData(202, "518477", DeferralCause.Unavailable)]
    [InlineData(204, "", DeferralCause.Unavailable)]
    [InlineData(301, "", DeferralCause.Configuration)]
    [InlineData(302, "", DeferralCause.Configuration)]
    [InlineData(307, "", DeferralCause.Configuration)]
    [InlineData(308, "", DeferralCause.Configuration)]
    [InlineData(400, "URL not supported", DeferralCause.Configuration)]
    [InlineData(401, "Valid API key required", DeferralCause.Configuration)]
    [InlineData(403, "<html><title>403 Forbidden</title></html>", DeferralCause.Configuration)]       // a firewall, not the help desk
    [InlineData(404, "<html>Not Found</html>", DeferralCause.Configuration)]
    [InlineData(408, "", DeferralCause.Unavailable)]
    [InlineData(413, "", DeferralCause.Unavailable)]
    [InlineData(429, "", DeferralCause.Unavailable)]
    [InlineData(500, "Unable to create new ticket :unknown error", DeferralCause.Unavailable)]
    [InlineData(500, "unknown error", DeferralCause.Unavailable)]
    [InlineData(500, "<html>a :b\n</html>", DeferralCause.Unavailable)]
    [InlineData(500, "Error :not a key\n", DeferralCause.Unavailable)]
    [InlineData(502, "", DeferralCause.Unavailable)]
    [InlineData(503, "", DeferralCause.Unavailable)]
    [InlineData(504, "", DeferralCause.Unavailable)]
    [InlineData(599, "", DeferralCause.Unavailable)]
    public async Task DeliverAsync_defers_for_every_other_answer(int status, string body, DeferralCause cause)
    {
        var result = Assert.IsType<DeliveryResult.Deferred>(await AnswerAsync(status, body));

        Assert.Equal(cause, result.Cause);
        Assert.Equal(status, result.HttpStatus);
    }

    [Fact]
    public async Task DeliverAsync_does_not_follow_a_redirect()
    {
        await using var other = await DeskServer.StartAsync();
        _desk.Answer = context =>
        {
            context.Response.StatusCode = 308;
            context.Response.Headers.Location = other.Url.ToString();
            return Task.CompletedTask;
        };

        await DeliverAsync(Mail);

        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>created</html>")]
    [InlineData("5184\u001b]0;x\a77")]
    public async Task DeliverAsync_accepts_201_without_a_number_and_says_so(string body)
    {
        _desk.Answer = context => DeskServer.WriteAsync(context, 201, body);

        var (result, trace) = await DeliverAsync(Mail);

        Assert.Equal(new DeliveryResult.Stored("unknown", StoredAs.Posted), result);
        Assert.Single(trace.Warnings);
    }

    [Fact]
    public async Task DeliverAsync_keeps_no_more_than_the_beginning_of_an_endless_answer()
    {
        _desk.Answer = async context =>
        {
            context.Response.StatusCode = 500;
            byte[] chunk = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        };

        var (result, _) = await DeliverAsync(Mail);

        Assert.IsType<DeliveryResult.Deferred>(result);
    }

    [Theory]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Length: 600\r\n\r\n518477")]                 // the ticket is there; only its number may be cut
    [InlineData("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 6\r\n\r\n518477")]
    [InlineData("HTTP/1.1 201\r\nContent-Length: 6\r\n\r\n518477")]
    [InlineData("HTTP/1.0 201 Created\r\n\r\n518477")]
    public async Task DeliverAsync_lets_the_status_201_decide_however_the_rest_looks(string answer)
    {
        await using var server = RawServer.Sending(answer);

        Assert.IsType<DeliveryResult.Stored>(await DeliverToAsync(server.Url));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 201 Cre")]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Le")]
    [InlineData("518477")]
    [InlineData("HTTP/1.1 500 oops 201 x\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 500\r\n\r\nHTTP/1.1 201 Created")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 2O1 Created\r\n\r\n518477")]
    [InlineData("HTTP/1.1 2010 Created\r\n\r\n518477")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    public async Task DeliverAsync_defers_for_an_answer_that_is_cut_or_garbage(string answer)
    {
        await using var server = RawServer.Sending(answer);

        Assert.IsType<DeliveryResult.Deferred>(await DeliverToAsync(server.Url));
    }

    [Fact]
    public async Task DeliverAsync_defers_for_endless_response_headers()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 201 Created\r\n"u8.ToArray(), token);
            for (int i = 0; i < 10_000; i++)
                await stream.WriteAsync("X-More: of the same and nothing else at all, for ever\r\n"u8.ToArray(), token);
        });

        Assert.IsType<DeliveryResult.Deferred>(await DeliverToAsync(server.Url));
    }

    [Fact]
    public async Task DeliverAsync_defers_when_the_answer_takes_too_long()
    {
        await using var server = new RawServer((_, token) => Task.Delay(Timeout.Infinite, token));

        var result = Assert.IsType<DeliveryResult.Deferred>(
            await DeliverToAsync(server.Url, options => options with { RequestTimeout = TimeSpan.FromMilliseconds(300) }));

        Assert.Contains("no answer within 0.3 seconds", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeliverAsync_defers_when_the_answer_dribbles()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            foreach (byte b in "HTTP/1.1 201 Created\r\nContent-Length: 6\r\n\r\n518477"u8.ToArray())
            {
                await stream.WriteAsync(new byte[] { b }, token);
                await Task.Delay(100, token);
            }
        });

        Assert.IsType<DeliveryResult.Deferred>(
            await DeliverToAsync(server.Url, options => options with { RequestTimeout = TimeSpan.FromMilliseconds(500) }));
    }

    [Fact]
    public async Task DeliverAsync_defers_when_nobody_listens()
    {
        var url = _desk.Url;
        await _desk.DisposeAsync();

        var result = Assert.IsType<DeliveryResult.Deferred>(await DeliverToAsync(url));

        Assert.Equal(DeferralCause.Unavailable, result.Cause);
        Assert.Contains("refused", result.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task DeliverAsync_stops_when_it_is_told_to()
    {
        await using var server = new RawServer((_, token) => Task.Delay(Timeout.Infinite, token));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DeliverToAsync(server.Url, stop: stop.Token));
    }

    [Fact]
    public async Task DeliverAsync_never_puts_the_key_into_a_reason()
    {
        _desk.Answer = context => DeskServer.WriteAsync(context, 401, "Valid API key required [" + context.Request.Headers["X-API-Key"] + "]");

        var (result, _) = await DeliverAsync(Mail);

        Assert.DoesNotContain("0123456789ABCDEF", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeliverAsync_uses_the_registered_client()
    {
        var options = Options(_desk.Url);
        await using var provider = new ServiceCollection().AddTicketsEmailApi(options).BuildServiceProvider();
        using var api = new TicketsEmailApi(provider.GetRequiredService<IHttpClientFactory>(), options);

        var (result, _) = await DeliverAsync(api, Encoding.ASCII.GetBytes(Mail), new RawMessageOptions(), CancellationToken.None);

        Assert.IsType<DeliveryResult.Stored>(result);
    }

    internal static TicketsEmailApiOptions Options(Uri url) => new() { Url = url, Key = "0123456789ABCDEF" };

    internal static async Task<(DeliveryResult Result, DeliveryTrace Trace)> DeliverAsync(
        TicketsEmailApi api, byte[] mail, RawMessageOptions options, CancellationToken stop)
    {
        using var message = await RawMessage.ReadAsync(new MemoryStream(mail), options, stop);
        var context = new DeliveryContext(message, new Envelope(), new DeliveryTrace());
        return (await api.DeliverAsync(context, stop), context.Trace);
    }

    private Task<(DeliveryResult Result, DeliveryTrace Trace)> DeliverAsync(string mail) => DeliverAsync(Encoding.ASCII.GetBytes(mail));

    private async Task<(DeliveryResult Result, DeliveryTrace Trace)> DeliverAsync(byte[] mail, RawMessageOptions? messageOptions = null)
    {
        using var api = TicketsEmailApi.Connect(Options(_desk.Url));
        return await DeliverAsync(api, mail, messageOptions ?? new RawMessageOptions(), CancellationToken.None);
    }

    private async Task<DeliveryResult> AnswerAsync(int status, string body)
    {
        _desk.Answer = context => status == (int)HttpStatusCode.NoContent
            ? Task.FromResult(context.Response.StatusCode = status)
            : DeskServer.WriteAsync(context, status, body);
        return (await DeliverAsync(Mail)).Result;
    }

    private static async Task<DeliveryResult> DeliverToAsync(
        Uri url, Func<TicketsEmailApiOptions, TicketsEmailApiOptions>? change = null, CancellationToken stop = default)
    {
        using var api = TicketsEmailApi.Connect((change ?? (options => options))(Options(url)));
        return (await DeliverAsync(api, Encoding.ASCII.GetBytes(Mail), new RawMessageOptions(), stop)).Result;
    }
}
