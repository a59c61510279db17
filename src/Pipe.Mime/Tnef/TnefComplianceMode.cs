namespace Pipe.Mime.Tnef;

/// <summary>How strictly a TNEF stream is read.</summary>
public enum TnefComplianceMode
{
    /// <summary>Errors are noted and reading goes on.</summary>
    Loose,

    /// <summary>Errors end the reading.</summary>
    Strict,
}
