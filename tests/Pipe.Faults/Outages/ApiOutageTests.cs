using System.Net;
using System.Net.Sockets;
using System.Text;
using Pipe.Testing.Http;

namespace Pipe.Faults.Outages;

/// <summary>The remote help desk is not as it should be. The mail waits (75), in silence, with a reason in the log.</summary>
public sealed class ApiOutageTests : IDisposable
{
    private static readonly TestMail Mail = TestMail.Create("posted", fileSizes: [20_000]);
    private readonly PipeBox _box = new();

    public ApiOutageTests()
    {
        _box.Environment["PIPE_KEY"] = "0123456789ABCDEF0123456789ABCDEF";
        _box.Environment["PIPE_CONNECT_TIMEOUT"] = "2";
        _box.Environment["PIPE_REQUEST_TIMEOUT"] = "2";
        _box.Environment["PIPE_DEADLINE"] = "20";
    }

    public void Dispose() => _box.Dispose();

    [Fact]
    public void Refusing_connections()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        AssertWaits(new Uri($"http://127.0.0.1:{port}/api/tickets.email"));
    }

    [Theory]
    [InlineData("")]                                                                    // closed without a word
    [InlineData("HTTP/1.1 201 Created\r\n")]                                            // in the middle of the header
    [InlineData("\0\u0001\u0002\u0003 garbage \u00ff\u00fe")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n518477")]                  // 200 is no acceptance
    [InlineData("HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n")]
    public async Task Answering_with(string answer)
    {
        await using var server = RawServer.Sending(answer);
        AssertWaits(server.Url);
    }

    // The status says that there is a ticket; only its number is missing then.
    [Theory]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\n5184")]              // cut in the middle of the body
    [InlineData("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]    // no chunk
    public async Task Answering_201_and_then_nonsense_is_an_acceptance(string answer)
    {
        await using var server = RawServer.Sending(answer);
        _box.Environment["PIPE_URL"] = server.Url.ToString();
        _box.DeliverDone(Mail.Bytes);
    }

    [Fact]
    public async Task Resetting_the_connection()
    {
        await using var server = new RawServer((stream, _) =>
        {
            stream.Socket.LingerState = new LingerOption(true, 0);
            stream.Socket.Close();
            return Task.CompletedTask;
        });
        AssertWaits(server.Url);
    }

    [Fact]
    public async Task Hanging()
    {
        await using var server = new RawServer((_, token) => Task.Delay(Timeout.Infinite, token));
        AssertWaits(server.Url);
    }

    [Theory]
    [InlineData("HTTP/1.1 201 Created\r\nX-Filler: ")]
    [InlineData("HTTP/1.1 500 Error\r\nContent-Length: 1000000\r\n\r\n")]
    public async Task Dribbling(string start)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(start), token);
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray(), token);
                await Task.Delay(100, token);
            }
        });
        AssertWaits(server.Url);
    }

    [Fact]
    public async Task Sending_without_end()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 500 Error\r\n\r\n"u8.ToArray(), token);
            byte[] block = new byte[1 << 20];
            while (true)
                await stream.WriteAsync(block, token);
        });
        AssertWaits(server.Url);
    }

    [Fact]
    public async Task With_TLS_that_nobody_vouches_for()
    {
        using var certificates = new TestCertificates();
        await using var server = await DeskServer.StartAsync(certificates.CreateServer());
        AssertWaits(server.Url);
    }

    [Fact]
    public async Task Without_TLS_where_TLS_is_expected()
    {
        await using var server = await DeskServer.StartAsync();
        AssertWaits(new Uri($"https://localhost:{server.Port}/api/tickets.email"));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("http://no-such-host.invalid/api/tickets.email")]
    [InlineData("http://127.0.0.1:1/api/tickets.email")]
    [InlineData("http://[::1]:1/api/tickets.email")]
    public void That_cannot_be_found(string url) => AssertWaits(new Uri(url));

    [Fact]
    public void With_a_resolver_that_does_not_answer()
    {
        Assert.SkipUnless(Shell.IsRoot && Shell.Find("unshare") is not null, "needs root and unshare, for another resolv.conf");
        string resolver = Path.Combine(_box.Folder, "resolv.conf");
        File.WriteAllText(resolver, "nameserver 192.0.2.1\noptions timeout:1 attempts:1\n");
        _box.Environment["PIPE_URL"] = "http://desk.example.test/api/tickets.email";

        Assert.Equal(75, _box.DeliverThrough($"exec unshare -m sh -c 'mount --bind {resolver} /etc/resolv.conf; exec \"$@\"' sh \"$@\"", Mail.Bytes));
        _box.AssertLogged("outcome=deferred", "reason=");
    }

    private void AssertWaits(Uri url)
    {
        _box.Environment["PIPE_URL"] = url.ToString();
        Assert.Equal(75, _box.Deliver(Mail.Bytes));
        _box.AssertLogged("outcome=deferred", "reason=", "exit=75");
        Assert.DoesNotContain(_box.Environment["PIPE_KEY"], File.ReadAllText(_box.LogFile), StringComparison.Ordinal);
    }
}
