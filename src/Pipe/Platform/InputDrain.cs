namespace Pipe.Platform;

/// <summary>Reads what is left of the message although nobody wants it: OpenSMTPD takes a command that does not for broken.</summary>
internal static class InputDrain
{
    /// <summary>Reads to the end, or as far as that is possible in the time there is.</summary>
    public static void Empty(Stream input)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (input.Read(buffer) > 0)
            {
            }
        }
        catch (Exception ex) when (ex is IOException or OperationCanceledException)
        {
            // The exit code says that the message was not taken; more is not needed.
        }
    }
}
