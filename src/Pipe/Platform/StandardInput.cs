using System.Runtime.InteropServices;

namespace Pipe.Platform;

/// <summary>Standard input as a stream that gives up when the time for the delivery is over.</summary>
/// <remarks>
/// Reads from wherever the descriptor stands: qmail hands over a file and shares its position with the commands after us.
/// The asynchronous methods complete synchronously; nothing else runs meanwhile.
/// </remarks>
internal sealed unsafe class StandardInput(Deadline deadline) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The descriptor cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Nothing came before the deadline.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (StandardStreams.InputIsMissing)
            return 0;

        while (true)
        {
            WaitForInput();
            nint count;
            fixed (byte* start = buffer)
                count = Libc.Read(Libc.StandardInput, start, buffer.Length);
            if (count >= 0)
                return (int)count;

            int error = Marshal.GetLastPInvokeError();
            if (error is not (Libc.EIntr or Libc.EAgain))
                throw new IOException("standard input cannot be read: " + Marshal.GetPInvokeErrorMessage(error));
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void WaitForInput()
    {
        var input = new Libc.PollDescriptor { Descriptor = Libc.StandardInput, Events = Libc.PollIn };
        while (true)
        {
            int ready = Libc.Poll(&input, 1, deadline.RemainingMilliseconds());
            if (ready > 0 || (ready < 0 && Marshal.GetLastPInvokeError() != Libc.EIntr))
                return;
            if (ready == 0)
                throw new OperationCanceledException("standard input did not end in time", deadline.Token);
        }
    }
}
