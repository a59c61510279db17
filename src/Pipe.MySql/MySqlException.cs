using System.Data.Common;
using Pipe.MySql.Protocol.Packets;
using Pipe.MySql.Session;

namespace Pipe.MySql;

/// <summary>An error that the server reported, a lost connection, or bytes from the server that its protocol does not allow.</summary>
public sealed class MySqlException : DbException
{
    private MySqlException(MySqlErrorCode errorCode, string? sqlState, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorCode = errorCode;
        SqlState = sqlState;
    }

    /// <summary>The error's number: the server's, or one of the client library (2000 and above) for a connection that failed.</summary>
    public int Number => (int)ErrorCode;

    /// <summary>The same as <see cref="Number"/>, as an enumeration.</summary>
    public new MySqlErrorCode ErrorCode { get; }

    /// <summary>The five characters of SQLSTATE, or null when the server did not send any.</summary>
    public override string? SqlState { get; }

    /// <summary>True when the same work may succeed later: lost connection, deadlock, lock wait, too many connections, shutdown, read-only server.</summary>
    public override bool IsTransient => ErrorNumber.IsTransient(ErrorCode);

    /// <summary>True when the connection cannot be used any more.</summary>
    internal bool IsFatal { get; private init; }

    internal static MySqlException FromServer(in ErrPacket packet) =>
        new(packet.ErrorCode, packet.SqlState, packet.Message)
        {
            IsFatal = (int)packet.ErrorCode is 1053 or 1077 or 1079 or 1080 or 1152 or 1153 or 1184 or 1927 or 4031,
        };

    internal static MySqlException Malformed(string what) =>
        new(ErrorNumber.MalformedPacket, "HY000", $"The server's answer is not valid MySQL protocol: {what}.") { IsFatal = true };

    internal static MySqlException InvalidValue(string column, string type) =>
        new(ErrorNumber.MalformedPacket, "HY000", $"The server's value for the column '{column}' is not of the type {type}.");

    internal static MySqlException Truncated(ulong wanted, int remaining) =>
        Malformed($"a field of {wanted} bytes in {remaining}");

    internal static MySqlException ConnectionLost(Exception innerException) =>
        new(ErrorNumber.ServerLost, "08S01", "The connection to the MySQL server was lost: " + innerException.Message, innerException)
        {
            IsFatal = true,
        };

    internal static MySqlException CannotConnect(string where, Exception? innerException) =>
        new(MySqlErrorCode.UnableToConnectToHost, "08001", $"No connection to the MySQL server at {where}"
            + (innerException is null ? "." : ": " + innerException.Message), innerException)
        {
            IsFatal = true,
        };

    internal static MySqlException Tls(string message, Exception? innerException = null) =>
        new(ErrorNumber.TlsConnection, "08001", message, innerException) { IsFatal = true };

    internal static MySqlException Authentication(MySqlErrorCode errorCode, string message, Exception? innerException = null) =>
        new(errorCode, "28000", message, innerException) { IsFatal = true };

    internal static MySqlException TimedOut(Exception? innerException, bool isFatal) =>
        new(MySqlErrorCode.CommandTimeoutExpired, "HYT00", "The command time-out passed before the server had answered.", innerException)
        {
            IsFatal = isFatal,
        };

    internal static MySqlException PacketTooLarge(long bytes, long limit) =>
        new(MySqlErrorCode.PacketTooLarge, "08S01",
            $"A packet of {bytes} bytes is more than the server takes (max_allowed_packet is {limit}); nothing was sent.");

    internal static MySqlException ParameterCount(int expected, int given) =>
        new(ErrorNumber.WrongArguments, "HY000", $"The server found {expected} parameters in the command, {given} were given.");

    internal static MySqlException LocalInfileRefused() =>
        new(ErrorNumber.LocalInfileRefused, "HY000", "The server asked for a file of this machine (LOAD DATA LOCAL); that is always refused.")
        {
            IsFatal = true,
        };
}
