namespace Pipe.MySql;

/// <summary>The <see cref="DateTimeKind"/> of values that are read, which parameters must have too.</summary>
public enum MySqlDateTimeKind
{
    /// <summary>No kind.</summary>
    Unspecified = DateTimeKind.Unspecified,

    /// <summary>UTC.</summary>
    Utc = DateTimeKind.Utc,

    /// <summary>Local time.</summary>
    Local = DateTimeKind.Local,
}
