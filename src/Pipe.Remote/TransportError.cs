namespace Pipe.Remote;

/// <summary>Says in a few words what went wrong before there was an answer.</summary>
internal static class TransportError
{
    private const int MaxCauses = 4;

    // The outer exception is often no more than "an error occurred"; the reason an administrator needs is further in.
    public static string Describe(HttpRequestException exception)
    {
        string text = exception.Message;
        Exception? cause = exception.InnerException;
        for (int i = 0; i < MaxCauses && cause is not null; i++, cause = cause.InnerException)
        {
            if (!text.Contains(cause.Message, StringComparison.Ordinal))
                text += ": " + cause.Message;
        }

        return text;
    }
}
