namespace Pipe.MailSystems;

/// <summary>The program that started us, as far as its environment variables give it away.</summary>
internal static class Caller
{
    public const string Exim = "exim";
    public const string PostfixLocal = "postfix-local";
    public const string PostfixPipe = "postfix-pipe";
    public const string Sendmail = "sendmail";
    public const string Qmail = "qmail";
    public const string Courier = "courier";
    public const string OpenSmtpd = "opensmtpd";
    public const string Procmail = "procmail";
    public const string Maildrop = "maildrop";
    public const string Unknown = "unknown";

    /// <summary>Recognises the caller by variables that no other mail system sets together.</summary>
    /// <remarks>
    /// The delivery agents come first: started by an MTA, they may pass that MTA's variables on. Then the order goes from
    /// the more to the less particular. What OpenSMTPD sets, others set too: it is known by what it does not set.
    /// </remarks>
    /// <param name="variable">Looks an environment variable up; <c>null</c> when it is not set.</param>
    /// <param name="received">The topmost Received field, which tells more where the environment was emptied; or <c>null</c>.</param>
    public static string Recognise(Func<string, string?> variable, string? received)
    {
        bool Has(string name) => variable(name) is not null;

        if (Has("PROCMAIL_VERSION") || Has("ORGMAIL"))
            return Procmail;
        if (Has("DEFAULT") && Has("SIZE") && Has("LINES") && Has("FROM"))
            return Maildrop;
        if (Has("MESSAGE_ID") && Has("QUALIFY_DOMAIN") && Has("LOCAL_PART"))
            return Exim;
        if (Has("MAIL_CONFIG"))
            return Has("RECIPIENT") ? PostfixLocal : PostfixPipe;
        if (Has("DTLINE") && Has("NEWSENDER"))
            return Qmail;
        if (Has("DTLINE") && (Has("MAILDROPDEFAULT") || Has("MAILDIRQUOTA")))
            return Courier;
        if (Has("RECIPIENT") && Has("SENDER") && Has("DOMAIN") && Has("LOCAL") && Has("USER"))
            return OpenSmtpd;
        if (variable("AGENT") == "sendmail")
            return Sendmail;

        // smrsh leaves nothing but PATH. sendmail names itself by its version, twice: "by host (8.17.1/8.17.1)".
        return !Has("USER") && received is not null && IsFromSendmail(received) ? Sendmail : Unknown;
    }

    private static bool IsFromSendmail(string received)
    {
        int open = received.IndexOf("(8.", StringComparison.Ordinal);
        int slash = open < 0 ? -1 : received.IndexOf("/8.", open, StringComparison.Ordinal);
        return slash > 0 && slash - open < 32 && !received.AsSpan(open, slash - open).ContainsAny(' ', ')');
    }
}
