using System.Net.Sockets;
using System.Text;
using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.RoundTrips;

/// <summary>Hands a mail to the mail system in the laboratory by SMTP, as the rest of the world does.</summary>
internal static class SmtpSender
{
    public const int Port = 25;

    /// <summary>Sends one mail; fails if it is not taken.</summary>
    public static void Send(LabRoot root, string sender, string recipient, string message)
    {
        using var stream = new NetworkStream(LabNetwork.Connect(root, Port), ownsSocket: true);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Expect(reader, "220");
        Say(stream, reader, "EHLO customer.test", "250");
        Say(stream, reader, $"MAIL FROM:<{sender}> BODY=8BITMIME", "250");
        Say(stream, reader, $"RCPT TO:<{recipient}>", "250");
        Say(stream, reader, "DATA", "354");
        string lines = message.ReplaceLineEndings("\r\n").Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        Say(stream, reader, lines + ".", "250");
        Say(stream, reader, "QUIT", "221");
    }

    private static void Say(NetworkStream stream, StreamReader reader, string text, string expected)
    {
        stream.Write(Encoding.UTF8.GetBytes(text + "\r\n"));
        Expect(reader, expected);
    }

    private static void Expect(StreamReader reader, string code)
    {
        string line = reader.ReadLine() ?? "";
        while (line.Length > 3 && line[3] == '-')
            line = reader.ReadLine() ?? "";
        if (!line.StartsWith(code, StringComparison.Ordinal))
            throw new InvalidOperationException($"{code} was expected: {line}");
    }
}
