using System.Globalization;
using System.Text;

namespace Pipe.Store;

/// <summary>Finds and reads <c>ost-config.php</c> without PHP.</summary>
internal static class OstConfigReader
{
    private const int MaxFileBytes = 1024 * 1024;

    // Where osTicket looks, in its order.
    private static readonly string[] FileNames = ["include/ost-config.php", "ostconfig.php", "include/settings.php"];

    public static OstConfig Load(string path)
    {
        string file = Locate(path);
        var constants = PhpDefines.Read(ReadText(file), file);
        string prefix = constants.GetValueOrDefault("TABLE_PREFIX", "");
        string adminEmail = constants.GetValueOrDefault("ADMIN_EMAIL", "");
        var config = new OstConfig
        {
            Path = file,
            Targets = DatabaseHosts.Parse(Required(constants, "DBHOST", file)),
            Database = Required(constants, "DBNAME", file),
            User = Required(constants, "DBUSER", file),
            Password = constants.GetValueOrDefault("DBPASS", ""),
            TablePrefix = prefix,
            SecretSalt = constants.GetValueOrDefault("SECRET_SALT") is { Length: > 0 } salt ? salt : OldSalt(prefix, adminEmail),
            AdminEmail = adminEmail,
            ConnectTimeout = int.TryParse(constants.GetValueOrDefault("DBCONNECT_TIMEOUT"), CultureInfo.InvariantCulture, out int seconds) && seconds > 0
                ? TimeSpan.FromSeconds(seconds)
                : null,
            SslCa = NullIfEmpty(constants.GetValueOrDefault("DBSSLCA")),
            SslCert = NullIfEmpty(constants.GetValueOrDefault("DBSSLCERT")),
            SslKey = NullIfEmpty(constants.GetValueOrDefault("DBSSLKEY")),
        };
        if (config.Targets.Count == 0)
            throw Failure($"{file}: DBHOST names no server");
        return config;
    }

    private static string Locate(string path)
    {
        if (File.Exists(path))
            return path;
        foreach (string root in new[] { path, Path.Combine(path, "..") })
        {
            foreach (string name in FileNames)
            {
                string file = Path.Combine(root, name);
                if (File.Exists(file))
                    return file;
            }
        }

        throw Failure($"there is no osTicket configuration at {path}");
    }

    private static string ReadText(string file)
    {
        try
        {
            if (new FileInfo(file).Length > MaxFileBytes)
                throw Failure($"{file} is too large to be an osTicket configuration");
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{file} cannot be read: {e.Message}", e) { Cause = DeferralCause.Configuration };
        }
    }

    private static string Required(Dictionary<string, string> constants, string name, string file) =>
        constants.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw Failure($"{file} does not define {name}");

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string OldSalt(string prefix, string adminEmail) =>
        Convert.ToHexStringLower(Digests.Md5(Encoding.UTF8.GetBytes(prefix + adminEmail)));

    private static StoreException Failure(string message) => new(message) { Cause = DeferralCause.Configuration };
}
