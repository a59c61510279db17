namespace Pipe.Commands.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum Severity
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, but somebody may want to know.</summary>
    Note,

    /// <summary>Mail waits or is lost until this is mended.</summary>
    Problem,
}
