using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Pipe.MySql;

/// <summary>A value that takes the place of <c>@name</c>, <c>?name</c> or <c>?</c> in a command.</summary>
/// <remarks>
/// The .NET type of <see cref="Value"/> decides how the value is sent. A <see cref="Stream"/> is read when the command
/// runs and sent piece by piece.
/// </remarks>
public sealed class MySqlParameter : DbParameter
{
    private string _name = "";
    private MySqlDbType? _type;

    /// <summary>Creates a parameter without name and value.</summary>
    public MySqlParameter()
    {
    }

    /// <summary>Creates a parameter.</summary>
    public MySqlParameter(string? name, object? value)
    {
        ParameterName = name;
        Value = value;
    }

    /// <summary>Creates a parameter without a value.</summary>
    public MySqlParameter(string? name, MySqlDbType mySqlDbType)
    {
        ParameterName = name;
        MySqlDbType = mySqlDbType;
    }

    /// <inheritdoc/>
    [AllowNull]
    public override string ParameterName
    {
        get => _name;
        set
        {
            _name = value ?? "";
            Key = KeyOf(_name);
        }
    }

    /// <inheritdoc/>
    public override object? Value { get; set; }

    /// <summary>The server's type. It does not convert the value, and only matters for what <see cref="DbType"/> tells.</summary>
    public MySqlDbType MySqlDbType
    {
        get => _type ?? MySqlDbType.VarChar;
        set => _type = value;
    }

    /// <inheritdoc/>
    public override DbType DbType
    {
        get => Session.ParameterTypes.ToDbType(MySqlDbType);
        set => MySqlDbType = Session.ParameterTypes.ToMySqlDbType(value);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Not <see cref="ParameterDirection.Input"/>.</exception>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
                throw new NotSupportedException("Only input parameters are supported.");
        }
    }

    /// <inheritdoc/>
    public override bool IsNullable { get; set; }

    /// <inheritdoc/>
    public override int Size { get; set; }

    /// <inheritdoc/>
    public override byte Precision { get; set; }

    /// <inheritdoc/>
    public override byte Scale { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public override string SourceColumn { get; set; } = "";

    /// <inheritdoc/>
    public override bool SourceColumnNullMapping { get; set; }

    /// <inheritdoc/>
    public override DataRowVersion SourceVersion { get; set; } = DataRowVersion.Current;

    /// <summary>The name without its mark.</summary>
    internal string Key { get; private set; } = "";

    /// <inheritdoc/>
    public override void ResetDbType() => _type = null;

    internal static string KeyOf(string name) => name is ['@' or '?', ..] ? name[1..] : name;
}
