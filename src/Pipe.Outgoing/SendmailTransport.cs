using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Pipe.Outgoing;

/// <summary>Hands mail to the local mail system through its program <c>sendmail</c>.</summary>
/// <remarks>
/// The recipient is an argument and is not read from the message (no <c>-t</c>): nothing in the message decides where it goes. There is
/// no shell, and addresses that begin with "-" never get here.
/// </remarks>
internal sealed class SendmailTransport(string program, TimeSpan timeout) : IMailTransport
{
    private const int MaxErrorLength = 500;

    public void Send(MailEnvelope envelope, ReadOnlyMemory<byte> message)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.Latin1,
            UseShellExecute = false,
        };
        start.ArgumentList.Add($"-f{envelope.Sender}");
        start.ArgumentList.Add("-i");
        start.ArgumentList.Add(envelope.Recipient);

        using var process = Start(start);
        var errors = new StringBuilder();
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool wasWritten = TryWrite(process, message);
        if (!process.WaitForExit(timeout))
        {
            // It has the whole message and may yet send it.
            throw new MailTransportException($"{program} has not ended within {timeout.TotalSeconds:0} seconds") { MayHaveBeenSent = true };
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new MailTransportException($"{program} ended with {process.ExitCode}{Tail(errors)}");
        if (!wasWritten)
            throw new MailTransportException($"{program} did not read the message");
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new MailTransportException($"{program} was not started");
        }
        catch (Win32Exception e)
        {
            throw new MailTransportException($"{program} cannot be started: {e.Message}", e);
        }
    }

    private static bool TryWrite(Process process, ReadOnlyMemory<byte> message)
    {
        try
        {
            using var input = process.StandardInput.BaseStream;
            input.Write(WithLineFeeds(message.Span));
            input.Flush();
            return true;
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit status says why.
            return false;
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

    private static void Keep(StringBuilder errors, string? line)
    {
        lock (errors)
        {
            if (line is not null && errors.Length < MaxErrorLength)
                errors.Append(errors.Length > 0 ? " / " : "").Append(line.AsSpan(0, Math.Min(line.Length, MaxErrorLength)));
        }
    }

    private static string Tail(StringBuilder errors)
    {
        lock (errors)
        {
            return errors.Length > 0 ? $": {errors}" : "";
        }
    }
}
