using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>Reaches into a laboratory's network, which has nothing but its own loopback.</summary>
internal static partial class LabNetwork
{
    private const int NetworkNamespace = 0x40000000;

    /// <summary>A socket that listens on the laboratory's loopback.</summary>
    public static Socket Listen(LabRoot root, int port) => Open(root, socket =>
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        socket.Listen(128);
    });

    /// <summary>A socket that is connected to a server on the laboratory's loopback.</summary>
    public static Socket Connect(LabRoot root, int port) => Open(root, socket => socket.Connect(new IPEndPoint(IPAddress.Loopback, port)));

    // A thread can be in another network than its process. The socket stays there when the thread is gone.
    private static Socket Open(LabRoot root, Action<Socket> use)
    {
        Socket? socket = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/proc/{root.Init}/ns/net");
                if (EnterNamespace(file.DangerousGetHandle().ToInt32(), NetworkNamespace) != 0)
                    throw new InvalidOperationException($"setns: {Marshal.GetLastPInvokeErrorMessage()}");
                socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                use(socket);
            }
            catch (Exception ex) when (ex is IOException or SocketException or InvalidOperationException)
            {
                failure = ex;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? socket! : throw new InvalidOperationException("no socket inside the laboratory", failure);
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int EnterNamespace(int descriptor, int type);
}
