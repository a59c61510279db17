using System.Text;
using Pipe.MySql.Protocol;

namespace Pipe.MySql.Session;

/// <summary>Sends the value of one parameter ahead of the statement's execution, piece by piece.</summary>
/// <remarks>https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_send_long_data.html: there is no answer.</remarks>
internal static class LongDataFlow
{
    private const int PieceBytes = 64 * 1024;

    public static IEnumerator<IoStep> Send(ServerSession session, uint statementId, int parameter, object value) => value switch
    {
        Stream stream => SendStream(session, statementId, parameter, stream),
        string text => SendText(session, statementId, parameter, text),
        byte[] bytes => SendBytes(session, statementId, parameter, bytes),
        ReadOnlyMemory<byte> bytes => SendBytes(session, statementId, parameter, bytes),
        Memory<byte> bytes => SendBytes(session, statementId, parameter, bytes),
        ArraySegment<byte> bytes => SendBytes(session, statementId, parameter, bytes),
        _ => throw new NotSupportedException(),
    };

    private static IEnumerator<IoStep> SendStream(ServerSession session, uint statementId, int parameter, Stream stream)
    {
        session.ParameterStream = stream;
        session.ParameterBuffer = new byte[PieceBytes];
        var isFirst = true;
        while (true)
        {
            yield return IoStep.ReadParameter;
            // An empty value has to be sent too, or the server would look for it in COM_STMT_EXECUTE.
            if (session.ParameterBytes == 0 && !isFirst)
                break;
            WritePiece(session, statementId, parameter, session.ParameterBuffer.AsSpan(0, session.ParameterBytes));
            yield return IoStep.Send;
            if (session.ParameterBytes == 0)
                break;
            isFirst = false;
        }
        session.ParameterStream = null;
        session.ParameterBuffer = [];
    }

    private static IEnumerator<IoStep> SendBytes(ServerSession session, uint statementId, int parameter, ReadOnlyMemory<byte> bytes)
    {
        for (var sent = 0; sent < bytes.Length; sent += PieceBytes)
        {
            WritePiece(session, statementId, parameter, bytes.Span.Slice(sent, Math.Min(PieceBytes, bytes.Length - sent)));
            yield return IoStep.Send;
        }
    }

    private static IEnumerator<IoStep> SendText(ServerSession session, uint statementId, int parameter, string text)
    {
        var encoder = Encoding.UTF8.GetEncoder();
        var buffer = new byte[PieceBytes];
        for (var done = 0; done < text.Length;)
        {
            encoder.Convert(text.AsSpan(done), buffer, flush: true, out var used, out var length, out _);
            done += used;
            WritePiece(session, statementId, parameter, buffer.AsSpan(0, length));
            yield return IoStep.Send;
        }
    }

    private static void WritePiece(ServerSession session, uint statementId, int parameter, ReadOnlySpan<byte> piece)
    {
        var writer = session.Channel.Writer;
        writer.Begin(CommandCode.StatementSendLongData);
        writer.WriteUInt32(statementId);
        writer.WriteUInt16((ushort)parameter);
        writer.WriteBytes(piece);
        writer.End();
    }
}
