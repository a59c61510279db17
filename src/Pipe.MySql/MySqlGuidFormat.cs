namespace Pipe.MySql;

/// <summary>Which columns are read as <see cref="Guid"/>, and how a <see cref="Guid"/> parameter is sent.</summary>
public enum MySqlGuidFormat
{
    /// <summary>The same as <see cref="Char36"/>.</summary>
    Default = 0,

    /// <summary>No column is; a parameter is sent as text of 36 characters.</summary>
    None = 1,

    /// <summary><c>CHAR(36)</c>, with hyphens.</summary>
    Char36 = 2,

    /// <summary><c>CHAR(32)</c>, without hyphens.</summary>
    Char32 = 3,

    /// <summary><c>BINARY(16)</c>, most significant byte first.</summary>
    Binary16 = 4,
}
