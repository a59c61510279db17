namespace Pipe.Tickets.Notifications;

/// <summary>How a connection to an SMTP server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>By the port: 465 is TLS from the start, others use STARTTLS where the server offers it. A password needs TLS.</summary>
    Automatic,

    /// <summary>Not at all.</summary>
    None,

    /// <summary>STARTTLS (RFC 3207), or nothing is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,
}
