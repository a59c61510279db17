using System.Diagnostics;

namespace Pipe.MailSystems.Tests.Laboratory.Stores;

/// <summary>A session that holds up everybody who writes, or who commits, as backups do; its end lets them go on.</summary>
internal sealed class BackupLock : IDisposable
{
    private readonly Process _client;

    public BackupLock(string socket, HoldPoint point)
    {
        _client = Process.Start(new ProcessStartInfo("mariadb", ["--no-defaults", "--batch", "--skip-column-names", "--unbuffered", "--user=root", "--socket=" + socket])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _client.StandardInput.WriteLine(point == HoldPoint.Write ? "FLUSH TABLES WITH READ LOCK;" : "BACKUP STAGE START; BACKUP STAGE BLOCK_COMMIT;");
        _client.StandardInput.WriteLine("SELECT 'held';");
        _client.StandardInput.Flush();
        if (_client.StandardOutput.ReadLine() != "held")
            throw new InvalidOperationException("the database cannot be locked");
    }

    public void Dispose()
    {
        _client.StandardInput.Close();
        _client.WaitForExit();
        _client.Dispose();
    }
}
