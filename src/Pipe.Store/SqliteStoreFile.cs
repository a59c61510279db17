using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Pipe.Store;

/// <summary>The SQLite file of an embedded store.</summary>
internal static class SqliteStoreFile
{
    public static Func<DbConnection> Connector(string path, StoreOptions options)
    {
        string connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = options.CreateIfMissing ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)options.LockTimeout.TotalSeconds),
        }.ToString();
        return () =>
        {
            SQLitePCL.Batteries_V2.Init();
            return new SqliteConnection(connectionString);
        };
    }
}
