using Pipe.Configuration;
using Pipe.Platform;

namespace Pipe.Tests.Platform;

public sealed class SystemCertificatesTests
{
    [Theory]
    [InlineData("https://desk.example.test/api/tickets.email", "url")]
    [InlineData("/var/www/osticket", "osticket")]
    public void FileFor_is_the_one_file_where_the_systems_certificates_count(string value, string setting) =>
        Assert.Contains(SystemCertificates.FileFor(Settings((setting, value))), (string?[])[null, .. SystemCertificates.Bundles]);

    [Fact]
    public void FileFor_is_empty_where_every_connection_trusts_a_file_of_its_own()
    {
        Assert.Equal("/dev/null", SystemCertificates.FileFor(Settings(("url", "https://desk.example.test/api/tickets.email"), ("caFile", "/etc/pipe/ca.pem"))));
        Assert.Equal("/dev/null", SystemCertificates.FileFor(Settings(("osticket", "/var/www/osticket"), ("notify", "off"))));
        Assert.Equal("/dev/null", SystemCertificates.FileFor(Settings(("osticket", "/var/www/osticket"), ("smtpHost", "smtp.example.test"), ("smtpCaFile", "/etc/pipe/ca.pem"))));
    }

    // The mailboxes' own accounts may be on any server.
    [Fact]
    public void FileFor_reads_the_systems_for_accounts_of_mailboxes_whatever_our_own_account_would_trust() =>
        Assert.NotEqual("/dev/null", SystemCertificates.FileFor(Settings(("osticket", "/var/www/osticket"), ("smtpCaFile", "/etc/pipe/ca.pem"))));

    private static Settings Settings(params (string Key, string Value)[] values)
    {
        var builder = new SettingsBuilder();
        foreach (var (key, value) in values)
            builder.Add(KnownSettings.All.Single(setting => setting.Key == key), value, SettingRank.Environment, "test", "/");
        return builder.Build();
    }
}
