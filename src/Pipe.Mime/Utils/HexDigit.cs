namespace Pipe.Mime.Utils;

/// <summary>Hexadecimal digits.</summary>
internal static class HexDigit
{
    /// <summary>The value of a digit, or -1.</summary>
    public static int ValueOf(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        _ => -1,
    };
}
