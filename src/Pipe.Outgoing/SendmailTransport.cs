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

    public void Send(MailEnvelope envelope, ReadOnlyMemory<byte> message)
    {
        using var input = CreateFile(message.Span);
        using var output = CreateFile([]);
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
                    throw new MailTransportException(string.Create(CultureInfo.InvariantCulture,
                        $"{program} has not ended within {timeout.TotalSeconds:0.#} seconds"))
                    { MayHaveBeenSent = true };
                case ChildProcess.Unknown:
                    throw new MailTransportException($"{program} has ended and nobody knows how") { MayHaveBeenSent = true };
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
    private FileStream CreateFile(ReadOnlySpan<byte> message)
    {
        string path = Path.Combine(folder, SystemRandom.GetString("0123456789abcdef", 24));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 0, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            var file = new FileStream(path, options);
            try
            {
                File.Delete(path);
                file.Write(WithLineFeeds(message));
                file.Position = 0;
                return file;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, mostly. The program has not been started, so the mail is certainly not sent.
            throw new MailTransportException($"the message cannot be written for {program}: {e.Message}", e);
        }
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
        byte[] text = new byte[MaxErrorLength];
        int read = RandomAccess.Read(output.SafeFileHandle, text, 0);
        string said = Encoding.Latin1.GetString(text, 0, read).Trim();
        return said.Length > 0 ? ": " + said.ReplaceLineEndings(" / ") : "";
    }
}
