namespace Pipe.Store.Sql;

/// <summary>A value for a parameter of a statement.</summary>
/// <param name="Name">The parameter's name without "@".</param>
/// <param name="Value">A number, a string, bytes, or <c>null</c>.</param>
internal readonly record struct SqlArgument(string Name, object? Value)
{
    public static implicit operator SqlArgument((string Name, object? Value) argument) => new(argument.Name, argument.Value);
}
