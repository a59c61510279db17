using Pipe.MySql.Authentication;
using Pipe.MySql.Protocol;
using Pipe.MySql.Protocol.Packets;

namespace Pipe.MySql.Session;

/// <summary>The connection phase: from the server's greeting to the OK that lets us in.</summary>
/// <remarks>https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html</remarks>
internal sealed class HandshakeFlow(Channel channel, ConnectionOptions options)
{
    // A server that goes on asking is not one.
    private const int MaxAuthenticationRounds = 16;

    private const CapabilityFlags Wanted =
        CapabilityFlags.LongPassword | CapabilityFlags.LongFlag | CapabilityFlags.Protocol41 | CapabilityFlags.Transactions
        | CapabilityFlags.SecureConnection | CapabilityFlags.MultiStatements | CapabilityFlags.MultiResults
        | CapabilityFlags.PreparedMultiResults | CapabilityFlags.PluginAuth | CapabilityFlags.ConnectAttributes
        | CapabilityFlags.PluginAuthLengthEncodedData | CapabilityFlags.SessionTrack | CapabilityFlags.DeprecateEof;

    private AuthenticationPlugin? _plugin;
    private byte[] _scramble = [];

    public HandshakePacket Server { get; private set; } = null!;

    public CapabilityFlags Capabilities { get; private set; }

    public OkPacket Result { get; private set; }

    public IEnumerator<IoStep> Run()
    {
        while (!channel.TryReadPacket())
            yield return IoStep.Receive;
        ReadGreeting();

        if (Capabilities.HasFlag(CapabilityFlags.Ssl))
        {
            // What came before TLS must not be taken for something that came through it.
            channel.ThrowIfBytesAreLeft();
            channel.Writer.BeginAnswer(channel.NextSequence);
            HandshakeResponsePacket.WriteSslRequest(channel.Writer, Capabilities);
            channel.Writer.End();
            yield return IoStep.Send;
            yield return IoStep.StartTls;
        }

        WriteResponse();
        yield return IoStep.Send;

        for (var round = 0; ; round++)
        {
            if (round == MaxAuthenticationRounds)
                throw MySqlException.Malformed("an authentication without an end");
            while (!channel.TryReadPacket())
                yield return IoStep.Receive;
            if (IsOver(out var answer))
                yield break;
            if (answer is null)
                continue;
            channel.Writer.BeginAnswer(channel.NextSequence);
            channel.Writer.WriteBytes(answer);
            channel.Writer.End();
            yield return IoStep.Send;
        }
    }

    private void ReadGreeting()
    {
        if (channel.Payload is [ErrPacket.Header, ..])
            throw MySqlException.FromServer(ErrPacket.Read(channel.Payload));

        Server = HandshakePacket.Read(channel.Payload);
        var offered = Server.Capabilities;
        var wanted = Wanted
            | (options.UseAffectedRows ? CapabilityFlags.None : CapabilityFlags.FoundRows)
            | (options.InteractiveSession ? CapabilityFlags.Interactive : CapabilityFlags.None)
            | (options.Database.Length > 0 ? CapabilityFlags.ConnectWithDatabase : CapabilityFlags.None)
            | (WantsTls() ? CapabilityFlags.Ssl : CapabilityFlags.None);
        Capabilities = wanted & offered;
        // MariaDB leaves this bit, which it gives another meaning, out of what it offers; everything since 4.1 has it.
        Capabilities |= CapabilityFlags.LongPassword;
        if (options.SslMode >= MySqlSslMode.Required && !Capabilities.HasFlag(CapabilityFlags.Ssl))
            throw MySqlException.Tls($"The connection has to use TLS (SslMode={options.SslMode}), which the server does not offer.");
        if (options.Database.Length > 0 && !offered.HasFlag(CapabilityFlags.ConnectWithDatabase))
            throw MySqlException.Malformed("no database can be named");
    }

    // A Unix socket needs no encryption to keep others out; it gets some only when it was asked for.
    private bool WantsTls() =>
        options.SslMode >= MySqlSslMode.Required || (options.SslMode == MySqlSslMode.Preferred && !channel.Transport.IsLocalSocket);

    private void WriteResponse()
    {
        // A default plugin that we do not have need not be the account's: the server will say which one is.
        var name = AuthenticationPlugin.IsKnown(Server.PluginName) && Server.PluginName != "mysql_clear_password"
            && Server.PluginName != "sha256_password" ? Server.PluginName : "mysql_native_password";
        _plugin = AuthenticationPlugin.Create(name);
        _scramble = Server.Scramble;
        channel.Writer.BeginAnswer(channel.NextSequence);
        HandshakeResponsePacket.Write(channel.Writer, Capabilities, options, name, _plugin.Respond(Context()));
        channel.Writer.End();
    }

    private bool IsOver(out byte[]? answer)
    {
        answer = null;
        var payload = channel.Payload;
        switch (payload)
        {
            case [OkPacket.Header, ..]:
                Result = OkPacket.Read(payload, Capabilities);
                return true;
            case [ErrPacket.Header, ..]:
                throw MySqlException.FromServer(ErrPacket.Read(payload));
            case [AuthSwitchRequestPacket.Header, ..]:
                var request = AuthSwitchRequestPacket.Read(payload);
                _plugin = AuthenticationPlugin.Create(request.PluginName);
                _scramble = request.Scramble;
                answer = _plugin.Respond(Context());
                return false;
            case [AuthMoreDataPacket.Header, ..]:
                answer = _plugin!.Continue(Context(), AuthMoreDataPacket.Read(payload));
                return false;
            default:
                throw MySqlException.Malformed("an unknown packet in the authentication");
        }
    }

    private AuthenticationContext Context() => new(
        options.Password, _scramble, channel.Transport.IsEncrypted, channel.Transport.IsLocalSocket,
        options.AllowPublicKeyRetrieval, options.ServerRsaPublicKeyFile);
}
