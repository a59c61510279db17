namespace Pipe.Store;

internal sealed class MySqlDialect : StoreDialect
{
}
