namespace Pipe.Tickets.Notifications;

/// <summary>An account on an SMTP server to send mail through.</summary>
public sealed record SmtpAccount
{
    /// <summary>The server's name; its certificate has to bear it.</summary>
    public required string Host { get; init; }

    /// <summary>The port. 587 by default.</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the connection is protected.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.Automatic;

    /// <summary>The user name; empty for no authentication.</summary>
    public string User { get; init; } = "";

    /// <summary>The password; empty for none.</summary>
    public string Password { get; init; } = "";

    /// <summary>The OAuth 2.0 access token to log in with instead of a password (XOAUTH2); empty for none.</summary>
    public string AccessToken { get; init; } = "";

    /// <summary>The account's own address. Where it is set and mail is from another, it is the envelope sender.</summary>
    public string Address { get; init; } = "";

    /// <summary>A file of certificates (PEM) that vouch for the server instead of the system's; <c>null</c> for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>How long connecting may take. 10 seconds by default.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long each answer may take. 30 seconds by default.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    // A record prints all its members; secrets stay out of logs.
    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port}";
}
