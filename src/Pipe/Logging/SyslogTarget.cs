using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Pipe.Platform;
using Serilog.Events;

namespace Pipe.Logging;

/// <summary>Writes to the system's log through its local socket, in the form that syslog(3) uses (RFC 3164 without host name), facility mail.</summary>
/// <remarks>The socket is used directly: .NET's own brings an event loop with it that costs more than the whole delivery.</remarks>
internal sealed unsafe class SyslogTarget(string socketPath) : ILogTarget
{
    // Receivers cut longer ones; the limit is on the safe side of all of them.
    private const int MaxBytes = 8000;

    private const int FacilityMail = 2 << 3;
    private const int AddressFamilyUnix = 1;
    private const int MaxPathBytes = 107;
    private const int Stream = 1;
    private const int Datagram = 2;
    private const int CloseOnExec = 0x80000;
    private const int SocketLevel = 1;
    private const int SendTimeout = 21;
    private const int NoSignal = 0x4000;

    private int _socket = -1;
    private bool _isStream;
    private bool _failed;

    /// <inheritdoc/>
    public bool TryWrite(LogEventLevel level, DateTimeOffset time, string line)
    {
        if (_failed || (_socket < 0 && !TryConnect()))
            return false;

        string text = string.Create(CultureInfo.InvariantCulture,
            $"<{FacilityMail | Severity(level)}>{time:MMM} {time.Day,2} {time:HH:mm:ss} pipe[{Environment.ProcessId}]: {line}");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > MaxBytes)
            bytes = bytes[..MaxBytes];
        if (_isStream)
            bytes = [.. bytes, (byte)'\n'];

        nint sent;
        fixed (byte* start = bytes)
            sent = Libc.Send(_socket, start, bytes.Length, NoSignal);
        _failed = sent != bytes.Length;
        return !_failed;
    }

    private static int Severity(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => 7,
        LogEventLevel.Information => 6,
        LogEventLevel.Warning => 4,
        _ => 3,
    };

    private bool TryConnect()
    {
        _failed = true;
        byte[] path = Encoding.UTF8.GetBytes(socketPath);
        if (path.Length > MaxPathBytes)
            return false;

        int error = Connect(path, Datagram);
        if (error == Libc.EPrototype)
        {
            _isStream = true;
            error = Connect(path, Stream);
        }

        _failed = error != 0;
        return !_failed;
    }

    private int Connect(ReadOnlySpan<byte> path, int type)
    {
        int socket = Libc.Socket(AddressFamilyUnix, type | CloseOnExec, 0);
        if (socket < 0)
            return Marshal.GetLastPInvokeError();

        // A receiver that stands still must not hold up the mail: struct timeval of half a second.
        long* timeout = stackalloc long[2] { 0, 500_000 };
        _ = Libc.SetSocketOption(socket, SocketLevel, SendTimeout, timeout, 2 * sizeof(long));

        // struct sockaddr_un
        Span<byte> address = stackalloc byte[2 + MaxPathBytes + 1];
        address.Clear();
        address[0] = AddressFamilyUnix;
        path.CopyTo(address[2..]);
        fixed (byte* start = address)
        {
            if (Libc.Connect(socket, start, (uint)(2 + path.Length + 1)) == 0)
            {
                _socket = socket;
                return 0;
            }
        }

        int error = Marshal.GetLastPInvokeError();
        _ = Libc.Close(socket);
        return error;
    }
}
