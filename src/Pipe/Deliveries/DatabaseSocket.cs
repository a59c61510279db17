using Pipe.Store;

namespace Pipe.Deliveries;

/// <summary>Finds the socket of a database server on this machine, as PHP's client does.</summary>
internal static class DatabaseSocket
{
    // Where PHP's client looks, by distribution.
    private static readonly string[] UsualPlaces =
        ["/run/mysqld/mysqld.sock", "/var/run/mysqld/mysqld.sock", "/var/lib/mysql/mysql.sock", "/run/mysql/mysql.sock", "/tmp/mysql.sock"];

    /// <summary>The path, or <c>null</c> for a server that is reached by TCP.</summary>
    public static string? Of(DatabaseTarget target) =>
        target.Socket ?? (target is { Host: "localhost", Port: null } ? Array.Find(UsualPlaces, File.Exists) : null);
}
