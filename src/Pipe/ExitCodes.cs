using System.Diagnostics;
using Pipe.Configuration;

namespace Pipe;

/// <summary>The one place where the end of a delivery becomes the exit code that the mail system sees.</summary>
internal static class ExitCodes
{
    /// <summary>The code that the settings ask for.</summary>
    /// <param name="result">How the delivery ended.</param>
    /// <param name="settings">The settings in force; <c>null</c> when they could not be read.</param>
    public static ExitCode Of(DeliveryResult result, Settings? settings) => settings is { UsesPostfixExitCodes: true }
        ? Postfix(result)
        : Default(result, settings is { RejectsDenied: true });

    /// <summary>The codes that mean the same to every mail system.</summary>
    /// <param name="result">How the delivery ended; a message that is unacceptable is in the quarantine folder by now.</param>
    /// <param name="rejectsDenied">Whether denied mail goes back to its sender.</param>
    public static ExitCode Default(DeliveryResult result, bool rejectsDenied) => result switch
    {
        DeliveryResult.Stored or DeliveryResult.Discarded or DeliveryResult.Unacceptable or DeliveryResult.Spooled => ExitCode.Done,
        DeliveryResult.Refused => rejectsDenied ? ExitCode.NoPermission : ExitCode.Done,
        DeliveryResult.Deferred => ExitCode.TempFail,
        _ => throw new UnreachableException(),
    };

    /// <summary>The codes that <c>pipe.php</c> and <c>automail</c> give, for set-ups that rely on them.</summary>
    public static ExitCode Postfix(DeliveryResult result) => result switch
    {
        DeliveryResult.Stored or DeliveryResult.Discarded or DeliveryResult.Spooled => ExitCode.Done,
        DeliveryResult.Refused => ExitCode.NoPermission,
        DeliveryResult.Unacceptable => ExitCode.TempFail,
        DeliveryResult.Deferred deferred => deferred.HttpStatus switch
        {
            400 => ExitCode.NoInput,
            401 or 403 => ExitCode.NoPermission,
            415 or 416 or 417 or 501 => ExitCode.DataError,
            503 => ExitCode.Unavailable,
            _ => ExitCode.TempFail,
        },
        _ => throw new UnreachableException(),
    };
}
