using System.Text;
using Pipe.MySql.Protocol;
using Pipe.MySql.Protocol.Packets;

namespace Pipe.MySql.Session;

/// <summary>Flows for commands of our own whose result nobody reads row by row.</summary>
internal static class TextCommand
{
    /// <summary>Runs statements that give no rows.</summary>
    public static IEnumerator<IoStep> Run(ServerSession session, string sql) => Send(session, CommandCode.Query, sql);

    /// <summary>COM_PING.</summary>
    public static IEnumerator<IoStep> Ping(ServerSession session) => Send(session, CommandCode.Ping, "");

    /// <summary>COM_INIT_DB.</summary>
    public static IEnumerator<IoStep> ChangeDatabase(ServerSession session, string database) =>
        Send(session, CommandCode.InitDatabase, database);

    /// <summary>Gives a KILL QUERY that came too late for its command something to hit.</summary>
    public static IEnumerator<IoStep> TakeKill(ServerSession session)
    {
        session.KillMayBePending = false;
        var flow = Run(session, "DO 0");
        while (true)
        {
            try
            {
                if (!flow.MoveNext())
                    yield break;
            }
            catch (MySqlException ex) when (ex.ErrorCode == MySqlErrorCode.QueryInterrupted)
            {
                yield break;
            }
            yield return flow.Current;
        }
    }

    /// <summary>Reads one value of one row as a number; 0 when it is none.</summary>
    public static IEnumerator<IoStep> ReadNumber(ServerSession session, string sql, Action<long> result)
    {
        var channel = session.Channel;
        channel.Writer.Begin(CommandCode.Query);
        channel.Writer.WriteString(sql);
        channel.Writer.End();
        yield return IoStep.Send;

        MySqlException? error = null;
        for (var ends = 0; ends < 2;)
        {
            while (!channel.TryReadPacket())
                yield return IoStep.Receive;
            if (channel.Payload is [ErrPacket.Header, ..])
            {
                error = MySqlException.FromServer(ErrPacket.Read(channel.Payload));
                break;
            }
            // Column count, column, [EOF,] row, EOF: the row is the only packet that is a single short text of digits.
            if (EofPacket.Is(channel.Payload, session.Capabilities))
                ends += session.Capabilities.HasFlag(CapabilityFlags.DeprecateEof) ? 2 : 1;
            else if (channel.Payload.Length > 1 && channel.Payload[0] == channel.Payload.Length - 1)
                result(long.TryParse(Encoding.ASCII.GetString(channel.Payload[1..]), out var number) ? number : 0);
        }
        if (error is not null)
            throw error;
    }

    private static IEnumerator<IoStep> Send(ServerSession session, CommandCode command, string text)
    {
        var channel = session.Channel;
        session.Statements.WriteCloses(channel.Writer);
        channel.Writer.Begin(command);
        channel.Writer.WriteString(text);
        channel.Writer.End();
        yield return IoStep.Send;
        bool more;
        do
        {
            while (!channel.TryReadPacket())
                yield return IoStep.Receive;
            switch (channel.Payload)
            {
                case [OkPacket.Header, ..]:
                    var ok = OkPacket.Read(channel.Payload, session.Capabilities);
                    session.Status = ok.Status;
                    session.Database = ok.Schema ?? session.Database;
                    more = ok.Status.HasFlag(ServerStatus.MoreResultsExist);
                    break;
                case [ErrPacket.Header, ..]:
                    throw MySqlException.FromServer(ErrPacket.Read(channel.Payload));
                default:
                    throw MySqlException.Malformed("rows for a statement that has none");
            }
        }
        while (more);
    }
}
