using Pipe.Configuration;
using Pipe.Notifications;

namespace Pipe.Platform;

/// <summary>Which of the system's certificates .NET reads before its first TLS connection.</summary>
/// <remarks>
/// It reads the folder of certificates and the file that holds them all, even for a connection that trusts a file of its own: 120 of
/// the 150 ms of a message posted by HTTPS on Debian. The OpenSSL that is linked in looks in Debian's places, besides.
/// </remarks>
internal static class SystemCertificates
{
    private const string FileVariable = "SSL_CERT_FILE";
    private const string FolderVariable = "SSL_CERT_DIR";
    private const string NoFile = "/dev/null";
    private const string NoFolder = "";

    // Debian, Alpine and Arch; Fedora and RHEL, old and new; SUSE.
    internal static readonly string[] Bundles =
    [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/ca-bundle.pem",
    ];

    /// <summary>Has .NET read the one file, or nothing where all connections of these settings trust files of their own.</summary>
    /// <remarks>What the environment says stays in force, and the programs that we start keep the environment that we were given.</remarks>
    public static void Select(Settings settings, Func<string, string?> environment)
    {
        if (!MayUseTls(settings) || environment(FileVariable) is not null || environment(FolderVariable) is not null)
            return;
        if (FileFor(settings) is not { } file)
            return;

        // .NET copies the environment now, and gives the copy to programs.
        _ = Environment.GetEnvironmentVariables();
        _ = Libc.SetEnvironmentVariable(FileVariable, file, overwrites: 1);
        _ = Libc.SetEnvironmentVariable(FolderVariable, NoFolder, overwrites: 1);
    }

    /// <summary>The file to read; <c>null</c> for the system's, where it is in none of the usual places.</summary>
    internal static string? FileFor(Settings settings) => TrustsSystem(settings) ? Array.Find(Bundles, File.Exists) : NoFile;

    private static bool MayUseTls(Settings settings) =>
        settings.Url is { } url ? url.Scheme == Uri.UriSchemeHttps : settings.OsTicket is not null || NotificationSetup.WhyNone(settings) is null;

    // The connection to the database trusts DBSSLCA only.
    private static bool TrustsSystem(Settings settings) => settings.Url is not null
        ? settings.CaFile is null
        : NotificationSetup.WhyNone(settings) is null && (settings.SmtpHost is null || settings.SmtpCaFile is null);
}
