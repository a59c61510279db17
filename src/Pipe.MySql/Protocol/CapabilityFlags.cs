namespace Pipe.MySql.Protocol;

// https://dev.mysql.com/doc/dev/mysql-server/latest/group__group__cs__capabilities__flags.html
[Flags]
internal enum CapabilityFlags : uint
{
    None = 0,
    LongPassword = 0x1,
    FoundRows = 0x2,
    LongFlag = 0x4,
    ConnectWithDatabase = 0x8,
    Protocol41 = 0x200,
    Interactive = 0x400,
    Ssl = 0x800,
    Transactions = 0x2000,
    SecureConnection = 0x8000,
    MultiStatements = 0x1_0000,
    MultiResults = 0x2_0000,
    PreparedMultiResults = 0x4_0000,
    PluginAuth = 0x8_0000,
    ConnectAttributes = 0x10_0000,
    PluginAuthLengthEncodedData = 0x20_0000,
    SessionTrack = 0x80_0000,
    DeprecateEof = 0x100_0000,
}
