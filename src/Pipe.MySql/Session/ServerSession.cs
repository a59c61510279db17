using Pipe.MySql.Protocol;

namespace Pipe.MySql.Session;

/// <summary>One authenticated connection to a server, and the time that its current command may still take.</summary>
internal sealed class ServerSession : IDisposable
{
    // The protocol's own limit, which max_allowed_packet cannot pass.
    private const int MaxPayloadBytes = 1 << 30;

    private readonly HandshakeFlow _handshake;
    private long _budgetMilliseconds;
    private bool _isUnlimited = true;
    private bool _isInCommandPhase;

    private ServerSession(ConnectionOptions options, ServerAddress address, Channel channel)
    {
        Options = options;
        Address = address;
        Channel = channel;
        _handshake = new HandshakeFlow(channel, options);
    }

    public ConnectionOptions Options { get; }

    public ServerAddress Address { get; }

    public Channel Channel { get; }

    public ServerVersion Version { get; private set; }

    public uint ThreadId { get; private set; }

    public CapabilityFlags Capabilities { get; private set; }

    public ServerStatus Status { get; set; }

    public string Database { get; set; } = "";

    public StatementCache Statements { get; } = new();

    /// <summary>True when the server takes a command before it has answered the one before.</summary>
    public bool CanPipeline => Options.Pipelining && Version.IsMariaDb && Version.IsAtLeast(10, 2);

    /// <summary>True after an error that leaves it open what the server will send next.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>True when a KILL QUERY may still hit a command that it was not meant for.</summary>
    public bool KillMayBePending { get; set; }

    /// <summary>The server's max_allowed_packet, once it was asked for.</summary>
    public long? MaxAllowedPacket { get; set; }

    /// <summary>A stream whose next piece a flow waits for, and the piece.</summary>
    public Stream? ParameterStream { get; set; }

    public byte[] ParameterBuffer { get; set; } = [];

    public int ParameterBytes { get; private set; }

    /// <summary>Connects to the first address that lets us in.</summary>
    public static ServerSession Open(ConnectionOptions options)
    {
        MySqlException? last = null;
        foreach (var address in ServerAddress.ParseAll(options))
        {
            try
            {
                return Open(options, address, Deadline.In(options.ConnectionTimeoutSeconds * 1000L));
            }
            catch (MySqlException ex)
            {
                last = ex;
            }
        }
        throw last!;
    }

    /// <inheritdoc cref="Open(ConnectionOptions)"/>
    public static async Task<ServerSession> OpenAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        MySqlException? last = null;
        foreach (var address in ServerAddress.ParseAll(options))
        {
            try
            {
                return await OpenAsync(
                    options, address, Deadline.In(options.ConnectionTimeoutSeconds * 1000L), cancellationToken).ConfigureAwait(false);
            }
            catch (MySqlException ex)
            {
                cancellationToken.ThrowIfCancellationRequested();
                last = ex;
            }
        }
        throw last!;
    }

    public static ServerSession Open(ConnectionOptions options, ServerAddress address, Deadline deadline)
    {
        var session = new ServerSession(options, address, new Channel(ServerConnector.Connect(options, address, deadline)));
        session.Run(session._handshake.Run());
        session.EnterCommandPhase();
        return session;
    }

    public static async Task<ServerSession> OpenAsync(
        ConnectionOptions options, ServerAddress address, Deadline deadline, CancellationToken cancellationToken)
    {
        var transport = await ServerConnector.ConnectAsync(options, address, deadline, cancellationToken).ConfigureAwait(false);
        var session = new ServerSession(options, address, new Channel(transport));
        transport.Interruption = new GivingUp { CancellationToken = cancellationToken };
        await session.RunAsync(session._handshake.Run()).ConfigureAwait(false);
        transport.Interruption = null;
        session.EnterCommandPhase();
        return session;
    }

    /// <summary>Begins a command: from here on its waits for the server may take this long together.</summary>
    public void StartCommand(int timeoutSeconds, Interruption? interruption)
    {
        _isUnlimited = timeoutSeconds <= 0;
        _budgetMilliseconds = timeoutSeconds * 1000L;
        Channel.Transport.Interruption = interruption;
    }

    /// <summary>Receives what the server has to say, by the time that the command has left.</summary>
    public void Receive()
    {
        var started = ArmDeadline();
        try
        {
            Channel.Receive();
        }
        finally
        {
            Charge(started);
        }
    }

    /// <inheritdoc cref="Receive"/>
    public async ValueTask ReceiveAsync()
    {
        var started = ArmDeadline();
        try
        {
            await Channel.ReceiveAsync().ConfigureAwait(false);
        }
        finally
        {
            Charge(started);
        }
    }

    /// <summary>Drives a flow to its end with blocking calls.</summary>
    public void Run(IEnumerator<IoStep> flow)
    {
        if (KillMayBePending)
            Drive(TextCommand.TakeKill(this));
        Drive(flow);
    }

    /// <summary>Drives a flow to its end without blocking.</summary>
    public async Task RunAsync(IEnumerator<IoStep> flow)
    {
        if (KillMayBePending)
            await DriveAsync(TextCommand.TakeKill(this)).ConfigureAwait(false);
        await DriveAsync(flow).ConfigureAwait(false);
    }

    private void Drive(IEnumerator<IoStep> flow)
    {
        var started = ArmDeadline();
        try
        {
            while (flow.MoveNext())
            {
                switch (flow.Current)
                {
                    case IoStep.Receive: Channel.Receive(); break;
                    case IoStep.Send: Channel.Send(); break;
                    case IoStep.StartTls: Channel.Transport.StartTls(TlsOptions.Create(Options, Address.Host)); break;
                    case IoStep.ReadParameter: ParameterBytes = ParameterStream!.Read(ParameterBuffer); break;
                }
            }
        }
        catch (Exception ex) when (LeavesUnknownState(ex))
        {
            Break();
            throw;
        }
        finally
        {
            Charge(started);
        }
    }

    private async Task DriveAsync(IEnumerator<IoStep> flow)
    {
        var started = ArmDeadline();
        try
        {
            while (flow.MoveNext())
            {
                switch (flow.Current)
                {
                    case IoStep.Receive: await Channel.ReceiveAsync().ConfigureAwait(false); break;
                    case IoStep.Send: await Channel.SendAsync().ConfigureAwait(false); break;
                    case IoStep.StartTls:
                        await Channel.Transport.StartTlsAsync(TlsOptions.Create(Options, Address.Host)).ConfigureAwait(false);
                        break;
                    case IoStep.ReadParameter:
                        ParameterBytes = await ParameterStream!.ReadAsync(ParameterBuffer).ConfigureAwait(false);
                        break;
                }
            }
        }
        catch (Exception ex) when (LeavesUnknownState(ex))
        {
            Break();
            throw;
        }
        finally
        {
            Charge(started);
        }
    }

    /// <summary>Drops the connection without a word.</summary>
    public void Break()
    {
        IsBroken = true;
        Channel.Dispose();
    }

    /// <summary>Says good-bye to the server, if it can be done at once, and closes.</summary>
    public void Dispose()
    {
        if (!IsBroken)
        {
            IsBroken = true;
            Channel.Transport.Deadline = Deadline.In(100);
            Channel.Writer.Clear();
            Channel.Writer.Begin(CommandCode.Quit);
            Channel.Writer.End();
            try
            {
                Channel.Send();
            }
            catch (MySqlException)
            {
                // The server is gone already: that is what we wanted.
            }
        }
        Channel.Dispose();
    }

    // A flow that ends with the server's own error has read all of the answer; anything else has not.
    private static bool LeavesUnknownState(Exception exception) => exception is not MySqlException { IsFatal: false };

    private void EnterCommandPhase()
    {
        Version = ServerVersion.Parse(_handshake.Server.ServerVersion);
        ThreadId = _handshake.Server.ThreadId;
        Capabilities = _handshake.Capabilities;
        Status = _handshake.Result.Status;
        Database = Options.Database;
        Channel.MaxPayloadBytes = MaxPayloadBytes;
        _isInCommandPhase = true;
    }

    private long ArmDeadline()
    {
        var now = Environment.TickCount64;
        if (_isInCommandPhase) // until then the connect time-out runs
            Channel.Transport.Deadline = _isUnlimited ? Deadline.Never : Deadline.In(Math.Max(1, _budgetMilliseconds));
        return now;
    }

    private void Charge(long started) => _budgetMilliseconds -= Environment.TickCount64 - started;
}
