using System.Text;
using Pipe.Configuration;
using Pipe.Platform;
using Pipe.Tickets.Notifications;

namespace Pipe.Notifications;

/// <summary>The SMTP account of our own configuration.</summary>
internal static class SmtpSettings
{
    // Access tokens run to a few thousand characters.
    private const int MaxSecretBytes = 64 * 1024;

    /// <summary>The account, or <c>null</c> when none is set or its secret cannot be read.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="error">What is wrong, in a sentence for the log.</param>
    public static SmtpAccount? Read(Settings settings, out string? error)
    {
        error = null;
        if (settings.SmtpHost is not { } host)
            return null;

        var account = new SmtpAccount
        {
            Host = host,
            Port = settings.SmtpPort,
            Security = settings.SmtpSecurity switch
            {
                "none" => SmtpSecurity.None,
                "starttls" => SmtpSecurity.StartTls,
                "tls" => SmtpSecurity.Tls,
                _ => SmtpSecurity.Automatic,
            },
            User = settings.SmtpUser ?? "",
            CaFile = settings.SmtpCaFile,
        };
        if (settings.SmtpUser is null)
            return account;
        if (settings.SmtpTokenFile is { } tokenFile)
            return ReadSecret(tokenFile, out error) is { } token ? account with { AccessToken = token } : null;
        if (settings.SmtpPasswordFile is { } passwordFile)
            return ReadSecret(passwordFile, out error) is { } password ? account with { Password = password } : null;
        return account with { Password = settings.SmtpPassword ?? "" };
    }

    private static string? ReadSecret(string path, out string? error)
    {
        error = null;
        try
        {
            return Encoding.UTF8.GetString(SmallFile.Read(path, MaxSecretBytes)).Trim('\uFEFF', ' ', '\t', '\r', '\n');
        }
        catch (IOException e)
        {
            error = $"the secret of the SMTP account cannot be read: {path}: {e.Message}";
            return null;
        }
    }
}
