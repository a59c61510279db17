using System.Net.Sockets;
using System.Text;
using Pipe.Logging;
using Serilog.Events;

namespace Pipe.Tests.Logging;

public sealed class SyslogTargetTests : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 3, 5, 7, 8, 9, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("pipe-syslog").FullName;

    private string SocketPath => Path.Combine(_folder, "log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(LogEventLevel.Error, 19)]
    [InlineData(LogEventLevel.Warning, 20)]
    [InlineData(LogEventLevel.Information, 22)]
    [InlineData(LogEventLevel.Debug, 23)]
    public void TryWrite_sends_one_datagram_as_syslog_does(LogEventLevel level, int priority)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(SocketPath));

        Assert.True(new SyslogTarget(SocketPath).TryWrite(level, Time, "hello wörld"));

        byte[] buffer = new byte[9000];
        Assert.Equal(
            $"<{priority}>Mar  5 07:08:09 pipe[{Environment.ProcessId}]: hello wörld",
            Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer)));
    }

    [Fact]
    public void TryWrite_sends_lines_where_the_socket_is_a_stream()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(SocketPath));
        socket.Listen();

        Assert.True(new SyslogTarget(SocketPath).TryWrite(LogEventLevel.Information, Time, "hello"));

        using var connection = socket.Accept();
        byte[] buffer = new byte[9000];
        Assert.EndsWith(": hello\n", Encoding.UTF8.GetString(buffer, 0, connection.Receive(buffer)), StringComparison.Ordinal);
    }

    [Fact]
    public void TryWrite_ends_a_line_that_it_cuts()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(SocketPath));
        socket.Listen();

        Assert.True(new SyslogTarget(SocketPath).TryWrite(LogEventLevel.Information, Time, new string('x', 20_000)));

        using var connection = socket.Accept();
        byte[] buffer = new byte[30_000];
        Assert.EndsWith("xxx\n", Encoding.UTF8.GetString(buffer, 0, connection.Receive(buffer)), StringComparison.Ordinal);
    }

    [Fact]
    public void TryWrite_gives_up_when_nobody_reads()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveBufferSize = 1 };
        socket.Bind(new UnixDomainSocketEndPoint(SocketPath));
        var target = new SyslogTarget(SocketPath);

        // The queue of a datagram socket is short (net.unix.max_dgram_qlen); after it each call would wait.
        bool accepted = true;
        for (int i = 0; i < 10_000 && accepted; i++)
            accepted = target.TryWrite(LogEventLevel.Information, Time, new string('x', 7000));

        Assert.False(accepted);
        Assert.False(target.TryWrite(LogEventLevel.Information, Time, "x"));
    }

    [Theory]
    [InlineData("/nonexistent/log")]
    [InlineData("/dev/null")]
    public void TryWrite_says_so_when_there_is_no_socket(string path) =>
        Assert.False(new SyslogTarget(path).TryWrite(LogEventLevel.Information, Time, "x"));
}
