using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Pipe.Faults.Desks;

/// <summary>The embedded store: one SQLite file.</summary>
internal sealed class SqliteDesk : SqlDesk
{
    public SqliteDesk(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        StoreFile = file;
    }

    public string StoreFile { get; }

    public override void Configure(IDictionary<string, string> environment) => environment["PIPE_STORE"] = StoreFile;

    [SuppressMessage("Security", "CA2100", Justification = "The statements are the tests' own.")]
    public override IReadOnlyList<string[]> Rows(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
        {
            string[] row = new string[reader.FieldCount];
            for (int i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? "NULL" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!;
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>A connection of a foreign program.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={StoreFile};Mode=ReadWrite;Pooling=False;Default Timeout=60");
        connection.Open();
        connection.CreateFunction("md5", (byte[] bytes) => Md5(bytes));
        return connection;
    }

    protected override void AssertIntact()
    {
        Assert.Equal("ok", Assert.Single(Rows("PRAGMA integrity_check"))[0]);
        Assert.Empty(Rows("PRAGMA foreign_key_check"));
    }
}
