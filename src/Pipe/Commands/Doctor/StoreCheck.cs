using System.Data.Common;
using System.Globalization;
using Pipe.Configuration;
using Pipe.Deliveries;
using Pipe.Platform;
using Pipe.Store;

namespace Pipe.Commands.Doctor;

/// <summary>Writes a row to the ticket store and undoes it.</summary>
internal static class StoreCheck
{
    private const string Area = "store";

    // Below it an index saves less than a millisecond.
    private const long ManyTickets = 20_000;

    private static readonly TimeSpan TolerableClockDifference = TimeSpan.FromMinutes(2);

    public static void Examine(Settings settings, SettingsSources sources, Findings findings)
    {
        if (settings.OsTicket is null)
        {
            if (EmbeddedStore.Locate(settings, sources) is not { } path)
            {
                findings.Problem(Area, $"{Environment.UserName} has no folder in which an SQLite file can be kept", "\"store\": \"/var/lib/pipe/pipe.db\"");
                return;
            }

            if (!IsUsable(path, findings))
                return;
            if (!File.Exists(path))
            {
                findings.Ok(Area, $"{path} will be created by the first mail");
                return;
            }
        }

        Probe(settings, sources, findings);
    }

    // SQLite writes two files beside the first one, and all three have to belong to those who write.
    private static bool IsUsable(string path, Findings findings)
    {
        string folder = Path.GetDirectoryName(path) ?? "/";
        int before = findings.All.Count;
        FolderCheck.Check(Area, folder, mustExist: true, findings);
        foreach (string file in (string[])[path, path + "-wal", path + "-shm"])
        {
            if (File.Exists(file) && Libc.Access(file, Libc.MayReadAndWrite) != 0)
                findings.Problem(Area, $"{file} cannot be written by {Environment.UserName}", $"chown {Environment.UserName} {path}*");
        }

        return findings.All.Skip(before).All(finding => finding.Severity != Severity.Problem);
    }

    private static void Probe(Settings settings, SettingsSources sources, Findings findings)
    {
        string name = settings.OsTicket ?? EmbeddedStore.Locate(settings, sources)!;
        try
        {
            var checkup = StoreAccess.Doctor(settings, sources).Examine();
            findings.Ok(Area, $"{name}: a row was written and undone");
            if (checkup.Mailboxes.Count == 0)
                findings.Problem(Area, "the help desk has no email address, so no mail can become a ticket", "add one in the admin panel under Emails");
            else
                findings.Ok(Area, "mailboxes: " + string.Join(", ", checkup.Mailboxes));
            if (checkup.TablesWithoutTransactions > 0)
                findings.Note(Area, string.Create(CultureInfo.InvariantCulture, $"{checkup.TablesWithoutTransactions} tables know no transactions: a delivery that is killed leaves rows behind"), "ALTER TABLE ... ENGINE=InnoDB");
            if (checkup.TicketsWithoutNumberIndex > ManyTickets)
                findings.Note(Area, string.Create(CultureInfo.InvariantCulture, $"the numbers of about {checkup.TicketsWithoutNumberIndex} tickets have no index: osTicket reads all of them for each new ticket, and a reply that names its ticket only in the subject is found that way"), checkup.NumberIndexSql + ";");
            if (checkup.UtcNow is { } databaseTime && (DateTime.UtcNow - databaseTime).Duration() > TolerableClockDifference)
                findings.Problem("clock", string.Create(CultureInfo.InvariantCulture, $"the database says {databaseTime:u}, this machine {DateTime.UtcNow:u}: tickets get wrong times"), "timedatectl set-ntp true   (on the machine whose clock is wrong)");
            else if (checkup.UtcNow is not null)
                findings.Ok("clock", "the database's clock and this machine's agree");
        }
        catch (Exception ex) when (ex is StoreException or DbException or IOException or UnauthorizedAccessException)
        {
            findings.Problem(Area, $"{name}: {ex.Message}", Remedy(settings, ex));
        }
    }

    private static string? Remedy(Settings settings, Exception error)
    {
        if (settings.OsTicket is not { } installation)
            return error.Message.Contains("locked", StringComparison.Ordinal) ? $"fuser -v {settings.Store}" : null;
        if (error is StoreException { LacksColumns: true })
            return "finish the upgrade of osTicket: open /scp/upgrade.php of the help desk";
        if (error is StoreException { IsUnreachable: false })
            return $"\"osticket\": \"the folder that holds include/ost-config.php\"   (now: {installation})";
        return error.Message.Contains("denied", StringComparison.OrdinalIgnoreCase)
            ? "DBUSER and DBPASS in include/ost-config.php must be those of the database"
            : "systemctl status mariadb   (or mysql; DBHOST in include/ost-config.php says where it is looked for)";
    }
}
