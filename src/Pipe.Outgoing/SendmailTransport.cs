using System.ComponentModel;
using System.Globalization;
using System.Text;
using Pipe.Outgoing.Platform;

namespace Pipe.Outgoing;

/// <summary>Hands mail to the local mail system through its program <c>sendmail</c>.</summary>
/// <remarks>
/// The recipient is an argument and is not read from the message (no <c>-t</c>): nothing in the message decides where it goes. There is
/// no shell, and addresses that begin with "-" never get here.
/// </remarks>
/// <param name="program">The program.</param>
/// <param name="timeout">How long it may take.</param>
/// <param name="folder">Where the message lies meanwhile.</param>
internal sealed class SendmailTransport(string program, TimeSpan timeout, string folder) : IMailTransport
{
    private const int MaxErrorLength = 500;

    private int _files;

    public void Send(MailEnvelope envelope, ReadOnlyMemory<byte> message)
    {
        using var input = CreateFile();
        using var output = CreateFile();
        input.Write(WithLineFeeds(message.Span));
        input.Position = 0;
        try
        {
            var process = ChildProcess.Start(
                program, [$"-f{envelope.Sender}", "-i", envelope.Recipient], input.SafeFileHandle, output.SafeFileHandle);
            switch (process.Wait(timeout))
            {
                case 0:
                    return;
                case null:
                    // It has the whole message and may yet send it.
                    throw new MailTransportException($"{program} has not ended within {timeout.TotalSeconds:0.#} seconds") { MayHaveBeenSent = true };
                case { } exitCode:
                    throw new MailTransportException($"{program} ended with {exitCode}{TextOf(output)}");
            }
        }
        catch (Win32Exception e)
        {
            throw new MailTransportException($"{program} cannot be started: {e.Message}", e);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new MailTransportException($"{program} cannot be started on this system", e);
        }
    }

    // Without a name from the start: what a process that dies has open is gone with it.
    private FileStream CreateFile()
    {
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId:x}.{Environment.TickCount64:x}.{_files++}"));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 0, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        File.Delete(path);
        return file;
    }

    // The local form of a text: programs that take a message on standard input add the carriage returns themselves.
    private static byte[] WithLineFeeds(ReadOnlySpan<byte> message)
    {
        byte[] local = new byte[message.Length];
        int length = 0;
        for (int i = 0; i < message.Length; i++)
        {
            if (message[i] != '\r' || i + 1 == message.Length || message[i + 1] != '\n')
                local[length++] = message[i];
        }

        return local[..length];
    }

    private static string TextOf(FileStream output)
    {
        output.Position = 0;
        byte[] text = new byte[(int)Math.Min(output.Length, MaxErrorLength)];
        int read = output.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        string said = Encoding.Latin1.GetString(text, 0, read).Trim();
        return said.Length > 0 ? ": " + said.ReplaceLineEndings(" / ") : "";
    }
}
