namespace Pipe.Mime;

/// <summary>How strictly a syntax is read.</summary>
public enum RfcComplianceMode
{
    /// <summary>Mistakes found in the wild are read as they were meant.</summary>
    Loose,

    /// <summary>Mistakes are not read around.</summary>
    Strict,

    /// <summary>As loose as it gets.</summary>
    Looser = -1,
}
