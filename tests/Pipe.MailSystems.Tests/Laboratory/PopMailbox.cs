using System.Net.Sockets;
using System.Text;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>A mailbox at a provider: as much of POP3 (RFC 1939) as programs need that fetch mail.</summary>
internal sealed class PopMailbox : IDisposable
{
    public const int Port = 8110;

    private readonly Socket _listener;
    private readonly List<string> _messages = [];
    private readonly Thread _thread;

    public PopMailbox(LabRoot root)
    {
        _listener = LabNetwork.Listen(root, Port);
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public int Count
    {
        get
        {
            lock (_messages)
                return _messages.Count;
        }
    }

    public void Add(byte[] message)
    {
        lock (_messages)
            _messages.Add("Return-Path: <customer@lab.test>\r\nDelivered-To: support@lab.test\r\n"
                + Encoding.Latin1.GetString(message).ReplaceLineEndings("\r\n"));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _thread.Join(TimeSpan.FromSeconds(2));
    }

    private void Serve()
    {
        try
        {
            while (true)
            {
                using var client = _listener.Accept();
                using var stream = new NetworkStream(client);
                using var reader = new StreamReader(stream, Encoding.Latin1);
                using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
                Session(reader, writer);
            }
        }
        catch (Exception ex) when (ex is SocketException or ObjectDisposedException or IOException)
        {
            // The laboratory is over.
        }
    }

    // What is marked by DELE goes away with QUIT, and stays when the connection breaks.
    private void Session(StreamReader reader, StreamWriter writer)
    {
        string[] messages;
        lock (_messages)
            messages = [.. _messages];
        var deleted = new HashSet<int>();
        writer.WriteLine("+OK ready");
        while (reader.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            int number = words.Length > 1 && int.TryParse(words[1], out int parsed) ? parsed - 1 : -1;
            switch (words[0].ToUpperInvariant())
            {
                case "USER" or "PASS" or "NOOP":
                    writer.WriteLine("+OK");
                    break;
                case "CAPA":
                    writer.WriteLine("+OK\r\nUSER\r\nUIDL\r\nTOP\r\n.");
                    break;
                case "STAT":
                    writer.WriteLine($"+OK {messages.Length} {messages.Sum(message => message.Length)}");
                    break;
                case "LIST" when number >= 0:
                    writer.WriteLine($"+OK {number + 1} {messages[number].Length}");
                    break;
                case "LIST":
                    writer.WriteLine("+OK");
                    for (int i = 0; i < messages.Length; i++)
                        writer.WriteLine($"{i + 1} {messages[i].Length}");
                    writer.WriteLine(".");
                    break;
                case "UIDL" when number >= 0:
                    writer.WriteLine($"+OK {number + 1} {Uid(messages[number])}");
                    break;
                case "UIDL":
                    writer.WriteLine("+OK");
                    for (int i = 0; i < messages.Length; i++)
                        writer.WriteLine($"{i + 1} {Uid(messages[i])}");
                    writer.WriteLine(".");
                    break;
                case "RETR" or "TOP":
                    writer.WriteLine("+OK");
                    writer.Write(messages[number].Replace("\r\n.", "\r\n..", StringComparison.Ordinal));
                    writer.WriteLine(".");
                    break;
                case "DELE":
                    deleted.Add(number);
                    writer.WriteLine("+OK");
                    break;
                case "QUIT":
                    lock (_messages)
                        _messages.RemoveAll(message => deleted.Any(i => messages[i] == message));
                    writer.WriteLine("+OK");
                    return;
                default:
                    writer.WriteLine("-ERR");
                    break;
            }
        }
    }

    private static string Uid(string message) => message.GetHashCode(StringComparison.Ordinal).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
}
