namespace Pipe.MySql.Protocol;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_command_phase.html
internal enum CommandCode : byte
{
    Quit = 0x01,
    InitDatabase = 0x02,
    Query = 0x03,
    Ping = 0x0E,
    StatementPrepare = 0x16,
    StatementExecute = 0x17,
    StatementSendLongData = 0x18,
    StatementClose = 0x19,
}
