using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Pipe.Outgoing.Smtp;

/// <summary>An SMTP server on a loopback port that takes all mail, except where a test tells it what to answer.</summary>
internal sealed class SmtpSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Thread _thread;

    private SmtpSink()
    {
        _listener.Start();
        _thread = new Thread(Accept) { IsBackground = true };
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public TestCertificates? Certificates { get; init; }

    /// <summary>Whether TLS begins with the first byte.</summary>
    public bool IsImplicit { get; init; }

    /// <summary>The lines after the first of the answer to EHLO.</summary>
    public string[] Extensions { get; init; } = [];

    /// <summary>Answers instead of the usual ones, by the beginning of the command; "" hangs up, "." stands for the end of the message.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    /// <summary>How slowly it speaks.</summary>
    public TimeSpan PauseAfterEachByte { get; set; }

    public List<string> Commands { get; } = [];

    public List<string> Messages { get; } = [];

    public int Connections { get; private set; }

    public bool WasEncrypted { get; private set; }

    public static SmtpSink Start(
        string[]? extensions = null, TestCertificates? certificates = null, bool isImplicit = false, params (string Command, string Answer)[] answers)
    {
        var sink = new SmtpSink { Extensions = extensions ?? [], Certificates = certificates, IsImplicit = isImplicit };
        foreach (var (command, answer) in answers)
            sink.Answers[command] = answer;
        sink._thread.Start();
        return sink;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _thread.Join();
    }

    private void Accept()
    {
        while (true)
        {
            try
            {
                using var client = _listener.AcceptTcpClient();
                Connections++;
                Serve(client.GetStream());
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException and not ObjectDisposedException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or AuthenticationException or ObjectDisposedException)
            {
                // The client hung up, or did not like the certificate.
            }
        }
    }

    private void Serve(Stream stream)
    {
        if (IsImplicit)
            stream = Encrypt(stream);
        Write(stream, Answers.GetValueOrDefault("CONNECT", "220 sink ESMTP"));
        while (ReadLine(stream) is { } command)
        {
            Commands.Add(command);
            string answer = Answer(command);
            if (answer.Length == 0)
                return;
            Write(stream, answer);
            if (command == "STARTTLS" && answer[0] == '2')
                stream = Encrypt(stream);
            if (command == "DATA" && answer[0] == '3' && !TakeMessage(stream))
                return;
            if (command == "QUIT")
                return;
        }
    }

    private bool TakeMessage(Stream stream)
    {
        var message = new StringBuilder();
        while (ReadLine(stream) is { } line && line != ".")
            message.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
        string answer = Answers.GetValueOrDefault(".", "250 taken");
        if (answer.Length == 0)
            return false;
        if (answer[0] == '2')
            Messages.Add(message.ToString());
        Write(stream, answer);
        return true;
    }

    private string Answer(string command)
    {
        foreach (var (start, answer) in Answers)
        {
            if (command.StartsWith(start, StringComparison.Ordinal))
                return answer;
        }

        return command.Split(' ')[0] switch
        {
            "EHLO" => string.Join("\r\n", Extensions.Prepend("sink").Select((line, i) => $"250{(i == Extensions.Length ? ' ' : '-')}{line}")),
            "DATA" => "354 go on",
            "AUTH" => "235 welcome",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
    }

    private SslStream Encrypt(Stream stream)
    {
        var tls = new SslStream(stream);
        tls.AuthenticateAsServer(Certificates!.Server);
        WasEncrypted = true;
        return tls;
    }

    private void Write(Stream stream, string answer)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(answer + "\r\n");
        if (PauseAfterEachByte == TimeSpan.Zero)
        {
            stream.Write(bytes);
            return;
        }

        foreach (byte b in bytes)
        {
            stream.WriteByte(b);
            Thread.Sleep(PauseAfterEachByte);
        }
    }

    private static string? ReadLine(Stream stream)
    {
        var line = new StringBuilder();
        int read;
        while ((read = stream.ReadByte()) >= 0)
        {
            if (read == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)read);
        }

        return null;
    }
}
