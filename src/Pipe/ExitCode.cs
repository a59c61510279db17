namespace Pipe;

/// <summary>The exit codes of sysexits.h that this program uses.</summary>
internal enum ExitCode
{
    /// <summary>The message is taken care of; the mail system forgets it.</summary>
    Done = 0,

    /// <summary>A command for people did not succeed.</summary>
    Failure = 1,

    /// <summary>Bad arguments, typed at a terminal.</summary>
    Usage = 64,

    /// <summary>EX_DATAERR.</summary>
    DataError = 65,

    /// <summary>EX_NOINPUT.</summary>
    NoInput = 66,

    /// <summary>EX_UNAVAILABLE.</summary>
    Unavailable = 69,

    /// <summary>EX_TEMPFAIL: every mail system tries again later.</summary>
    TempFail = 75,

    /// <summary>EX_NOPERM: every mail system returns the message to its sender.</summary>
    NoPermission = 77,
}
