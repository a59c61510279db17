using System.Net.Sockets;
using System.Text;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>Takes what the mail systems send to the system's log.</summary>
internal sealed class SyslogSocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly StringBuilder _text = new();
    private readonly Thread _thread;

    public SyslogSocket(string path)
    {
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
        _thread = new Thread(Receive) { IsBackground = true };
        _thread.Start();
    }

    public string Text
    {
        get
        {
            lock (_text)
                return _text.ToString();
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join(TimeSpan.FromSeconds(2));
    }

    private void Receive()
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                int count = _socket.Receive(buffer);
                lock (_text)
                    _text.AppendLine(Encoding.UTF8.GetString(buffer, 0, count).TrimEnd('\n'));
            }
        }
        catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
        {
            // The laboratory is over.
        }
    }
}
