using System.Globalization;

namespace Pipe.Tickets.People;

/// <summary>Addresses as every mail system understands them.</summary>
public static class AsciiAddress
{
    private static readonly IdnMapping Idn = new();

    /// <summary>The address with its domain in ASCII (RFC 5891); unchanged where that cannot be.</summary>
    public static string Of(string address)
    {
        int at = address.LastIndexOf('@');
        if (at < 0 || System.Text.Ascii.IsValid(address))
            return address;
        try
        {
            return $"{address[..at]}@{Idn.GetAscii(address[(at + 1)..])}";
        }
        catch (ArgumentException)
        {
            return address;
        }
    }
}
