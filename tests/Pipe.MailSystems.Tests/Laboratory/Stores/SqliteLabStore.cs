using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Pipe.MailSystems.Tests.Laboratory.Stores;

/// <summary>The embedded store: an SQLite file in a folder of the account.</summary>
internal sealed class SqliteLabStore : ILabStore
{
    private readonly LabRoot _root;
    private readonly string _account;

    public SqliteLabStore(LabRoot root, string account)
    {
        _root = root;
        _account = account;
        _ = root.Shell($"install -d -m 0750 -o {account} /lab/desk/store").Text;
    }

    public bool HoldsUpDelivery => true;

    public IEnumerable<KeyValuePair<string, string>> Settings =>
        [new("store", "/lab/desk/store/pipe.db"), new("systemEmail", $"Support <{HelpDesk.Address}>")];

    // It does so by itself.
    public void ConfirmTickets()
    {
    }

    // As a disk that is not mounted.
    public void TakeDown() => _ = _root.Shell("chown root: /lab/desk/store && chmod 0700 /lab/desk/store").Text;

    public void BringBack() => _ = _root.Shell($"chown {_account} /lab/desk/store").Text;

    // There is one lock for both: who writes has it until the commit.
    public IDisposable Hold(HoldPoint point)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_root.Folder, "desk", "store", "pipe.db")};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    // As the account: what root opens, belongs to root for a moment, and a delivery at that moment has to wait.
    public long Count(string query)
    {
        var result = _root.Run(
            null, "setpriv", "--reuid", _account, "--clear-groups", "sqlite3", "-cmd", ".timeout 5000", "file:/lab/desk/store/pipe.db?mode=rw", query);
        return long.TryParse(result.Output.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : 0;
    }
}
