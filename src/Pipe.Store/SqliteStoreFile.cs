using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Pipe.Store;

/// <summary>The SQLite file of an embedded store.</summary>
internal static class SqliteStoreFile
{
    public static Func<DbConnection> Connector(string path, StoreOptions options) => () => new SqliteConnection(
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = options.CreateIfMissing ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = (int)options.LockTimeout.TotalSeconds,
        }.ToString());
}
