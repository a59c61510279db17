using System.Globalization;
using System.Net;
using System.Text;

namespace Pipe.Remote;

/// <summary>What the API answered, and what that means for the message.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The beginning of the body; <c>null</c> when it did not arrive as announced.</param>
internal sealed record ApiAnswer(HttpStatusCode Status, string? Body)
{
    private const int MaxBodyBytes = 4096;
    private const int MaxExcerptCharacters = 200;
    private const int MaxNumberCharacters = 64;
    private const string CreateFailure = "Unable to create new ticket :";
    private const string UnknownError = "unknown error";

    /// <summary>Reads an answer; of its body no more than is needed.</summary>
    /// <param name="response">The answer, of which nothing but the headers has been read.</param>
    /// <param name="key">The API key, which some answers repeat; it is left out.</param>
    /// <param name="cancellationToken">Ends the reading; what counts then is the status alone.</param>
    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, string key, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            byte[] buffer = new byte[MaxBodyBytes];
            int count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            string body = Encoding.UTF8.GetString(buffer, 0, count).Replace(key, "(key)", StringComparison.OrdinalIgnoreCase);
            return new ApiAnswer(response.StatusCode, body);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException or OperationCanceledException)
        {
            // The status is there, and the server commits before it begins to answer.
            return new ApiAnswer(response.StatusCode, null);
        }
    }

    /// <summary>The outcome that follows.</summary>
    public DeliveryResult ToResult(DeliveryTrace trace) => (int)Status switch
    {
        201 => Accepted(trace),
        403 when !IsPage => new DeliveryResult.Refused("the help desk answered 403: " + Excerpt()),
        500 when IsCreateFailure() => new DeliveryResult.Unacceptable("the help desk answered 500: " + Excerpt()),
        (>= 300 and < 400) or 400 or 401 or 403 or 404 or 405 or 407 => Deferred(DeferralCause.Configuration),
        _ => Deferred(DeferralCause.Unavailable),
    };

    // The application answers in plain text. A page comes from the web server or a proxy, which know nothing of tickets:
    // their 403 is no decision about this message.
    private bool IsPage => Body is not null && Body.AsSpan().TrimStart().StartsWith("<");

    private DeliveryResult.Stored Accepted(DeliveryTrace trace)
    {
        string number = Body?.Trim() ?? "";
        if (number.Length is > 0 and <= MaxNumberCharacters && !number.AsSpan().ContainsAnyExceptInRange('!', '~') && number[0] != '<')
            return new DeliveryResult.Stored(number, StoredAs.Posted);

        trace.Warn("the help desk answered 201, but not with a ticket number: " + Excerpt());
        return new DeliveryResult.Stored("unknown", StoredAs.Posted);
    }

    private DeliveryResult.Deferred Deferred(DeferralCause cause) =>
        new(cause, string.Create(CultureInfo.InvariantCulture, $"the help desk answered {(int)Status}: {Excerpt()}"), (int)Status);

    // "Unable to create new ticket :KEY", a line end, and a text, where the sentence is in the language of the help desk. What
    // ends in "unknown error" instead is trouble of the server's own, which may pass.
    private bool IsCreateFailure()
    {
        if (Body is null || IsPage)
            return false;
        if (Body.StartsWith(CreateFailure, StringComparison.Ordinal))
            return !Body.AsSpan(CreateFailure.Length).Trim().Equals(UnknownError, StringComparison.OrdinalIgnoreCase);

        int lineEnd = Body.IndexOf('\n', StringComparison.Ordinal);
        int colon = lineEnd < 0 ? -1 : Body.LastIndexOf(" :", lineEnd, StringComparison.Ordinal);
        if (colon < 0)
            return false;

        var key = Body.AsSpan(colon + 2, lineEnd - colon - 2).TrimEnd('\r');
        foreach (char c in key)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }

        return key.Length > 0;
    }

    private string Excerpt()
    {
        if (Body is null)
            return "(the answer broke off)";
        string text = Body.Trim();
        return text.Length <= MaxExcerptCharacters ? text : text[..MaxExcerptCharacters] + "...";
    }
}
