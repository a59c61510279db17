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

        return WithoutCredentials(text);
    }

    // The environment may name a proxy with user name and password, and .NET repeats them when the proxy refuses.
    internal static string WithoutCredentials(string text)
    {
        const string AuthorityMark = "://";
        int start = 0;
        while (text.IndexOf(AuthorityMark, start, StringComparison.Ordinal) is var mark and >= 0)
        {
            start = mark + AuthorityMark.Length;
            int length = text.AsSpan(start).IndexOfAny("/?# \"");
            int at = text.AsSpan(start, length < 0 ? text.Length - start : length).LastIndexOf('@');
            if (at >= 0)
                text = text.Remove(start, at + 1);
        }

        return text;
    }
}
