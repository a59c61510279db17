using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pipe.Testing.Http;

/// <summary>A server that reads one request per connection and then sends whatever bytes the test wants, HTTP or not.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _loop;

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Writes the answer; the connection is closed after it.</param>
    public RawServer(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = AcceptAsync();
    }

    /// <summary>The address of the API.</summary>
    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/api/tickets.email");

    /// <summary>A server that answers with these bytes.</summary>
    public static RawServer Sending(string answer) =>
        new((stream, token) => stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token).AsTask());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        try
        {
            await _loop;
        }
        catch (Exception ex) when (ex is OperationCanceledException or SocketException or IOException)
        {
            // It was told to stop.
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await using var stream = client.GetStream();
            try
            {
                await ReadRequestAsync(stream);
                await _answer(stream, _stop.Token);
            }
            catch (IOException)
            {
                // The client has gone; the next one may come.
            }
        }
    }

    private async Task ReadRequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, _stop.Token) > 0)
            head.Append((char)buffer[0]);

        const string lengthField = "Content-Length: ";
        int at = head.ToString().IndexOf(lengthField, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return;
        string value = head.ToString()[(at + lengthField.Length)..];
        byte[] body = new byte[int.Parse(value[..value.IndexOf('\r', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
    }
}
