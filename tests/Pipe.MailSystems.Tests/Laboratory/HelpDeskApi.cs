using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>A help desk's API, served by a real HTTP server inside a laboratory's network.</summary>
internal sealed class HelpDeskApi : IDisposable
{
    private const int Port = 8080;

    private readonly ConcurrentQueue<string> _posted = new();
    private readonly Socket _listener;
    private readonly WebApplication _server;

    private HelpDeskApi(Socket listener)
    {
        _listener = listener;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.ListenHandle((ulong)listener.Handle);
        });
        _server = builder.Build();
        _server.MapPost("/api/tickets.email", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body, Encoding.Latin1);
            _posted.Enqueue(await reader.ReadToEndAsync());
            return Results.Text("100001", statusCode: 201);
        });
        _server.Start();
    }

    public static string Url => $"http://127.0.0.1:{Port}/api/tickets.email";

    /// <summary>Starts the server on the laboratory's loopback.</summary>
    public static HelpDeskApi Start(LabRoot root) => new(LabNetwork.Listen(root, Port));

    /// <summary>How often a message with this Message-ID was posted.</summary>
    public int Count(string messageId) => _posted.Count(message => message.Contains(messageId, StringComparison.Ordinal));

    public void Dispose()
    {
        _server.StopAsync().GetAwaiter().GetResult();
        ((IDisposable)_server).Dispose();
        _listener.Dispose();
    }
}
