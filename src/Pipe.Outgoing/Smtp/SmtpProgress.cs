using MailKit;

namespace Pipe.Outgoing.Smtp;

/// <summary>How far a dialogue has come, as MailKit tells those who write logs and show bars.</summary>
internal sealed class SmtpProgress : IProtocolLogger, ITransferProgress
{
    private static readonly string[] Greetings = ["EHLO", "HELO", "STARTTLS"];

    /// <summary>What the server has to answer before mail can be sent.</summary>
    public string Phase { get; private set; } = "the connection";

    /// <summary>Whether the server has said that it takes the message (354), and the message is under way.</summary>
    public bool HasMessageBegun { get; set; }

    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <inheritdoc/>
    public void LogConnect(Uri uri)
    {
    }

    /// <inheritdoc/>
    public void LogClient(byte[] buffer, int offset, int count)
    {
        string start = System.Text.Encoding.ASCII.GetString(buffer, offset, Math.Min(count, 10));
        Phase = Array.Find(Greetings, command => start.StartsWith(command, StringComparison.Ordinal)) ?? Phase;
    }

    /// <inheritdoc/>
    public void LogServer(byte[] buffer, int offset, int count)
    {
    }

    /// <inheritdoc/>
    public void Report(long bytesTransferred, long totalSize) => HasMessageBegun = true;

    /// <inheritdoc/>
    public void Report(long bytesTransferred) => HasMessageBegun = true;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
