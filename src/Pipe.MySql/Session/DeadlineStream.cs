using System.Net.Sockets;

namespace Pipe.MySql.Session;

/// <summary>A connected socket as a stream. Deadlines and cancellation are dealt with here, below TLS, so that nothing above is ever left half read.</summary>
internal sealed class DeadlineStream(Socket socket) : Stream
{
    // A changed time-out is a system call; the time left is rounded up to this so that most reads need none.
    private const int TimeoutStepMilliseconds = 250;
    private const int SendBytes = 256 * 1024;
    private int _receiveTimeout;
    private int _sendTimeout;

    public Deadline Deadline { get; set; } = Deadline.Never;

    public Interruption? Interruption { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            var timeout = RoundUp(Deadline.RemainingMilliseconds);
            if (timeout != _receiveTimeout)
                socket.ReceiveTimeout = _receiveTimeout = timeout;
            var received = socket.Receive(buffer, SocketFlags.None, out var error);
            if (error == SocketError.Success)
                return received;
            if (error == SocketError.Interrupted)
                continue;
            if (error is not (SocketError.TimedOut or SocketError.WouldBlock))
                throw new SocketException((int)error);
            if (!Deadline.HasPassed)
                continue;
            if (Interruption is not { WasRequested: false } interruption || !interruption.Request(out var next))
                throw new SocketException((int)SocketError.TimedOut);
            Deadline = next;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var interruption = Interruption is { WasRequested: false } ? Interruption : null;
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(interruption?.CancellationToken ?? default, cancellationToken);
            timeout.CancelAfter(Deadline.Remaining);
            try
            {
                return await socket.ReceiveAsync(buffer, SocketFlags.None, timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Deadline = (interruption is null ? null : await interruption.RequestAsync().ConfigureAwait(false))
                    ?? throw new SocketException((int)SocketError.TimedOut);
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var timeout = RoundUp(Deadline.RemainingMilliseconds);
            if (timeout != _sendTimeout)
                socket.SendTimeout = _sendTimeout = timeout;
            buffer = buffer[socket.Send(buffer[..Math.Min(buffer.Length, SendBytes)], SocketFlags.None)..];
            if (!buffer.IsEmpty && Deadline.HasPassed)
                throw new SocketException((int)SocketError.TimedOut);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Deadline.Remaining);
        try
        {
            while (!buffer.IsEmpty)
                buffer = buffer[await socket.SendAsync(buffer, SocketFlags.None, timeout.Token).ConfigureAwait(false)..];
        }
        catch (OperationCanceledException)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static int RoundUp(int milliseconds) =>
        (int)Math.Min(((long)milliseconds + TimeoutStepMilliseconds - 1) / TimeoutStepMilliseconds * TimeoutStepMilliseconds, int.MaxValue);
}
