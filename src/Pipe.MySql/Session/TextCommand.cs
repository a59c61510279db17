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

    /// <summary>Asks for <c>max_allowed_packet</c>.</summary>
    public static IEnumerator<IoStep> ReadMaxAllowedPacket(ServerSession session)
    {
        var results = new ResultReader(session);
        for (var query = new CommandFlow(session, results).Query("SELECT @@max_allowed_packet"); query.MoveNext();)
            yield return query.Current;
        while (results.HasMoreRows)
        {
            switch (results.TryReadRow())
            {
                case RowState.Incomplete:
                    yield return IoStep.Receive;
                    break;
                case RowState.Row:
                    session.MaxAllowedPacket = (long)results.Value(0).AsInteger();
                    break;
            }
        }
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
