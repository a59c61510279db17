namespace Pipe.MySql;

/// <summary>A value of the server has no counterpart in .NET.</summary>
public sealed class MySqlConversionException : Exception
{
    internal MySqlConversionException(string message)
        : base(message)
    {
    }
}
