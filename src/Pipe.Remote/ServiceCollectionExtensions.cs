using System.Net;
using System.Net.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Pipe.Remote;

/// <summary>Registers the HTTP client of <see cref="TicketsEmailApi"/>.</summary>
public static class ServiceCollectionExtensions
{
    private const int MaxResponseHeadersKilobytes = 32;

    /// <summary>Adds the named client: certificates are verified, redirects are not followed, the proxy comes from the environment.</summary>
    public static IServiceCollection AddTicketsEmailApi(this IServiceCollection services, TicketsEmailApiOptions options)
    {
        services.AddHttpClient(TicketsEmailApi.ClientName)
            .ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => CreateHandler(options))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services;
    }

    private static SocketsHttpHandler CreateHandler(TicketsEmailApiOptions options) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        MaxResponseHeadersLength = MaxResponseHeadersKilobytes,
        UseCookies = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = options.CaFile is { } file ? TrustedAuthorities.Only(file) : null,
        },
    };
}
