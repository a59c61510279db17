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

    /// <summary>
    /// Answers instead of the usual ones, by the beginning of the command; "." stands for the end of the message. "" hangs up, "?" says
    /// nothing more, and a "!" at the end hangs up after the answer.
    /// </summary>
    public Dictionary<string, string> Answers { get; } = [];

    /// <summary>How slowly it speaks.</summary>
    public TimeSpan PauseAfterEachByte { get; set; }

    public List<string> Commands { get; } = [];

    public List<string> Messages { get; } = [];

    /// <summary>The messages as they came, without the dots that the protocol adds.</summary>
    public List<byte[]> Contents { get; } = [];

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
            Commands.Add(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(command)));
            string answer = Answer(command);
            if (!Say(stream, answer))
                return;
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
        while (ReadLineWithEnd(stream) is { } line && line != ".\r\n")
            message.Append(line.StartsWith('.') ? line[1..] : line);
        string answer = Answers.GetValueOrDefault(".", "250 taken");
        if (answer.StartsWith('2'))
        {
            Contents.Add(Encoding.Latin1.GetBytes(message.ToString()));
            Messages.Add(message.ToString().ReplaceLineEndings("\n"));
        }

        return Say(stream, answer);
    }

    // Whether the dialogue goes on.
    private bool Say(Stream stream, string answer)
    {
        if (answer == "?")
        {
            while (stream.ReadByte() >= 0)
            {
            }

            return false;
        }

        if (answer.Length > 0)
            Write(stream, answer.TrimEnd('!'));
        return answer.Length > 0 && answer[^1] != '!';
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
            "STARTTLS" => "220 go on",
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

    private static string? ReadLine(Stream stream) => ReadLineWithEnd(stream)?.TrimEnd('\r', '\n');

    private static string? ReadLineWithEnd(Stream stream)
    {
        var line = new StringBuilder();
        int read;
        while ((read = stream.ReadByte()) >= 0)
        {
            _ = line.Append((char)read);
            if (read == '\n')
                return line.ToString();
        }

        return null;
    }
}
