namespace Pipe.Store;

internal sealed class SqliteDialect : StoreDialect
{
}
