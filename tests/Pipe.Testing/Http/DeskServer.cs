using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Pipe.Testing.Http;

/// <summary>A real HTTP server (Kestrel) on loopback that answers as the test wants it to.</summary>
public sealed class DeskServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<DeskRequest> _requests = new();

    private DeskServer(WebApplication application) => _application = application;

    /// <summary>The requests that came in, with their bodies.</summary>
    public IReadOnlyCollection<DeskRequest> Requests => _requests;

    /// <summary>Writes the answer; 201 with the number 518477 unless a test sets something else.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => WriteAsync(context, 201, "518477");

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => new Uri(_application.Urls.First()).Port;

    /// <summary>The address of the API.</summary>
    public Uri Url => new($"{new Uri(_application.Urls.First()).Scheme}://localhost:{Port}/api/tickets.email");

    /// <summary>Starts a server, with TLS when there is a certificate.</summary>
    public static async Task<DeskServer> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null)
                    listen.UseHttps(certificate);
            });
        });

        var server = new DeskServer(builder.Build());
        server._application.Run(server.HandleAsync);
        await server._application.StartAsync();
        return server;
    }

    /// <summary>Writes a plain answer as osTicket does.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string body)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=UTF-8";
        context.Response.ContentLength = System.Text.Encoding.UTF8.GetByteCount(body);
        await context.Response.WriteAsync(body);
    }

    /// <summary>The request that <paramref name="context"/> answers: with several clients at once, not always the last that came.</summary>
    public static DeskRequest RequestOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.GetRequiredFeature<DeskRequest>();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var hurry = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _application.StopAsync(hurry.Token);
        await _application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = new DeskRequest(
            context.Request.Method,
            context.Request.GetEncodedPathAndQuery(),
            context.Request.Protocol,
            context.Request.Headers.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        _requests.Enqueue(request);
        context.Features.Set(request);
        await Answer(context);
    }
}
