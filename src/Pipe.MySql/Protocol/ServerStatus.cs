namespace Pipe.MySql.Protocol;

// https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html, SERVER_STATUS_flags_enum
[Flags]
internal enum ServerStatus : ushort
{
    None = 0,
    InTransaction = 0x1,
    AutoCommit = 0x2,
    MoreResultsExist = 0x8,
    NoBackslashEscapes = 0x200,
    OutputParameters = 0x1000,
    SessionStateChanged = 0x4000,
}
