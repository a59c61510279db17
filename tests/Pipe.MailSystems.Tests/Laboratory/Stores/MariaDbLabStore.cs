using System.Globalization;
using System.Runtime.InteropServices;
using Pipe.Testing;

namespace Pipe.MailSystems.Tests.Laboratory.Stores;

/// <summary>The database of an osTicket installation, on a server outside whose socket is inside too.</summary>
internal sealed partial class MariaDbLabStore : ILabStore
{
    private const string Socket = "/lab/db.sock";

    private readonly LabRoot _root;
    private readonly MariaDbServer _server;
    private readonly OsTicketInstallation _installation;

    public MariaDbLabStore(LabRoot root, MariaDbServer server)
    {
        _root = root;
        _server = server;
        _installation = OsTicketInstallation.Create(server, Path.Combine(root.Folder, "desk", "osticket"));
        _installation.Execute($"UPDATE ost_email SET email = '{HelpDesk.Address}'");
        string configuration = Path.Combine(_installation.Folder, "include", "ost-config.php");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace(server.SocketPath, Socket, StringComparison.Ordinal));
        LinkSocket();
    }

    /// <summary>Whether a connection waits for the lock that a backup takes.</summary>
    public bool HoldsUpDelivery =>
        Count($"SELECT COUNT(*) FROM information_schema.processlist WHERE db = '{_installation.Database}' AND state LIKE 'Waiting for backup lock%'") > 0;

    public IEnumerable<KeyValuePair<string, string>> Settings => [new("osticket", "/lab/desk/osticket")];

    public void ConfirmTickets() => _installation.Execute("""
        CREATE TABLE IF NOT EXISTS ost_email_template (id INT PRIMARY KEY AUTO_INCREMENT, tpl_id INT, code_name VARCHAR(32), subject VARCHAR(255), body TEXT);
        INSERT INTO ost_email_template (tpl_id, code_name, subject, body) VALUES (1, 'ticket.autoresp', 'Confirmed', 'Confirmed');
        REPLACE INTO ost_config (namespace, `key`, value) VALUES ('core', 'default_template_id', '1'), ('core', 'ticket_autoresponder', '1');
        """);

    public void TakeDown()
    {
        _server.Stop();
        File.Delete(SocketOutside);
    }

    public void BringBack()
    {
        _server.Restart();
        LinkSocket();
    }

    public IDisposable Hold(HoldPoint point) => new BackupLock(_server.SocketPath, point);

    public long Count(string query) => long.Parse(_installation.Execute(query).Trim(), CultureInfo.InvariantCulture);

    /// <summary>Runs SQL in the installation's database: rows by line, columns by tab.</summary>
    public string Execute(string sql) => _installation.Execute(sql).TrimEnd('\n');

    private string SocketOutside => Path.Combine(_root.Folder, Path.GetFileName(Socket));

    // A second name in the folder that the laboratory has of the host; a server that starts makes its socket anew.
    private void LinkSocket()
    {
        if (Link(_server.SocketPath, SocketOutside) != 0)
            throw new InvalidOperationException($"{_server.SocketPath} cannot be linked: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string existing, string created);
}
