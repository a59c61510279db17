using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace Pipe.Remote;

/// <summary>Posts mail to the API of a remote osTicket, as its own <c>automail</c> scripts do.</summary>
public sealed class TicketsEmailApi : IDelivery, IDisposable
{
    /// <summary>The name of the client that <see cref="IHttpClientFactory"/> is asked for.</summary>
    public const string ClientName = "tickets.email";

    private readonly IHttpClientFactory _clients;
    private readonly TicketsEmailApiOptions _options;
    private readonly IDisposable? _owned;

    /// <summary>Uses the client that is registered as <see cref="ClientName"/>.</summary>
    public TicketsEmailApi(IHttpClientFactory clients, TicketsEmailApiOptions options)
        : this(clients, options, owned: null)
    {
    }

    private TicketsEmailApi(IHttpClientFactory clients, TicketsEmailApiOptions options, IDisposable? owned)
    {
        _clients = clients;
        _options = options;
        _owned = owned;
    }

    /// <summary>Sets everything up for this one destination. Nothing is sent yet, so nothing here fails.</summary>
    public static TicketsEmailApi Connect(TicketsEmailApiOptions options)
    {
        var provider = new ServiceCollection().AddTicketsEmailApi(options).BuildServiceProvider();
        return new TicketsEmailApi(provider.GetRequiredService<IHttpClientFactory>(), options, provider);
    }

    /// <inheritdoc/>
    public async ValueTask<DeliveryResult> DeliverAsync(DeliveryContext context, CancellationToken cancellationToken)
    {
        try
        {
            using var cut = context.Message.IsOversized ? await CutMessage.CreateAsync(context.Message, context.Trace, cancellationToken).ConfigureAwait(false) : null;
            using var content = PostedMessage.Prepare(cut ?? context.Message);
            context.Trace.MessageId = content.MessageId;
            context.Trace.EndStage("prepare");
            return await PostAsync(content, context.Trace, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unavailable($"no answer within {_options.RequestTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds");
        }
        catch (HttpRequestException ex)
        {
            return Unavailable(TransportError.Describe(ex));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // The certificates named by the settings cannot be read; what comes from the network is an HttpRequestException.
            return new DeliveryResult.Deferred(DeferralCause.Configuration, $"{_options.CaFile}: {ex.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _owned?.Dispose();

    private DeliveryResult.Deferred Unavailable(string reason) =>
        new(DeferralCause.Unavailable, $"{_options.Url.GetLeftPart(UriPartial.Path)}: {reason}");

    private async Task<DeliveryResult> PostAsync(PostedMessage content, DeliveryTrace trace, CancellationToken cancellationToken)
    {
        using var client = _clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("X-API-Key", _options.Key);
        request.Headers.UserAgent.Add(UserAgent.Value);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        request.Headers.ExpectContinue = false;

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.RequestTimeout);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);
        var answer = await ApiAnswer.ReadAsync(response, _options.Key, timeout.Token).ConfigureAwait(false);
        trace.EndStage("post");
        return answer.ToResult(trace);
    }
}
