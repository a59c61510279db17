using System.Text;

namespace Pipe.Remote.Tests;

public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly string _caFile = Path.GetTempFileName();

    public TlsTests() => File.WriteAllText(_caFile, _certificates.AuthorityPem);

    public void Dispose()
    {
        _certificates.Dispose();
        File.Delete(_caFile);
    }

    [Fact]
    public async Task DeliverAsync_trusts_a_server_that_the_given_authority_vouches_for() =>
        Assert.IsType<DeliveryResult.Stored>(await DeliverAsync("localhost", expired: false, _caFile));

    [Theory]
    [InlineData("other.example.test", false, true)]
    [InlineData("localhost", true, true)]
    [InlineData("localhost", false, false)]
    public async Task DeliverAsync_defers_for_a_certificate_that_does_not_hold(string host, bool expired, bool trusted)
    {
        var result = Assert.IsType<DeliveryResult.Deferred>(await DeliverAsync(host, expired, trusted ? _caFile : null));

        Assert.Equal(DeferralCause.Unavailable, result.Cause);
        Assert.Contains("certificate", result.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate at all")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task DeliverAsync_takes_a_useless_authority_file_for_wrong_configuration(string content)
    {
        await File.WriteAllTextAsync(_caFile, content);

        var result = Assert.IsType<DeliveryResult.Deferred>(await DeliverAsync("localhost", expired: false, _caFile));

        Assert.Equal(DeferralCause.Configuration, result.Cause);
        Assert.Contains(_caFile, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeliverAsync_takes_a_missing_authority_file_for_wrong_configuration()
    {
        var result = Assert.IsType<DeliveryResult.Deferred>(await DeliverAsync("localhost", expired: false, "/nonexistent/ca.pem"));

        Assert.Equal(DeferralCause.Configuration, result.Cause);
    }

    [Fact]
    public async Task DeliverAsync_defers_when_the_server_speaks_no_tls()
    {
        await using var server = await DeskServer.StartAsync();
        var url = new UriBuilder(server.Url) { Scheme = "https", Port = server.Port }.Uri;

        Assert.IsType<DeliveryResult.Deferred>(await DeliverAsync(url, _caFile));
    }

    private async Task<DeliveryResult> DeliverAsync(string host, bool expired, string? caFile)
    {
        using var certificate = _certificates.CreateServer(host, expired);
        await using var server = await DeskServer.StartAsync(certificate);
        return await DeliverAsync(server.Url, caFile);
    }

    private static async Task<DeliveryResult> DeliverAsync(Uri url, string? caFile)
    {
        using var api = TicketsEmailApi.Connect(TicketsEmailApiTests.Options(url) with { CaFile = caFile });
        byte[] mail = Encoding.ASCII.GetBytes("From: joe@example.test\n\nhello\n");
        return (await TicketsEmailApiTests.DeliverAsync(api, mail, new RawMessageOptions(), CancellationToken.None)).Result;
    }
}
