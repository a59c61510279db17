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
    /// the more to the less particular.
    /// </remarks>
    public static string Recognise(Func<string, string?> variable)
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
        if (Has("DTLINE") && (Has("MAILDROPDEFAULT") || Has("MAILDIRQUOTA") || Has("RPLINE")))
            return Courier;
        if (Has("ORIGINAL_RECIPIENT") && Has("EXTENSION"))
            return OpenSmtpd;
        return variable("AGENT") == "sendmail" ? Sendmail : Unknown;
    }
}
