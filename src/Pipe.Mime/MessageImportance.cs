namespace Pipe.Mime;

/// <summary>The values of the Importance field (RFC 2156).</summary>
public enum MessageImportance
{
    /// <summary>low</summary>
    Low,

    /// <summary>normal, or no field</summary>
    Normal,

    /// <summary>high</summary>
    High,
}
