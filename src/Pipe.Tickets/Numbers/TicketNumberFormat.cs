using System.Globalization;
using System.Text;

namespace Pipe.Tickets.Numbers;

/// <summary>A ticket number format such as "ABC-####": each "#" is a digit, "\#" a literal one.</summary>
public sealed class TicketNumberFormat
{
    private const int MinRandomDigits = 6;
    private const int MaxRandomDigits = 18;
    private const char RandomPadding = '0';

    private readonly string _format;

    /// <summary>Takes a format as the help desk's settings hold it; an empty one yields just the number.</summary>
    public TicketNumberFormat(string format)
    {
        _format = format;
        for (int i = 0; i < format.Length; i++)
        {
            if (IsDigitPlace(i))
                Digits++;
        }
    }

    /// <summary>The number of places for digits.</summary>
    public int Digits { get; }

    /// <summary>The format as it was given.</summary>
    public override string ToString() => _format;

    /// <summary>A random number in this format: at least six digits, the first one not zero.</summary>
    public string Random()
    {
        int digits = Math.Clamp(Digits, MinRandomDigits, MaxRandomDigits);
        long first = 1;
        for (int i = 1; i < digits; i++)
            first *= 10;

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        SystemRandom.Fill(bytes);
        long value = first + (long)(BitConverter.ToUInt64(bytes) % (ulong)(9 * first));
        return Format(value, RandomPadding);
    }

    /// <summary>The number of a sequence in this format.</summary>
    /// <param name="value">The sequence's value.</param>
    /// <param name="padding">The sequence's padding character, put in front up to <see cref="Digits"/>.</param>
    public string Format(long value, char padding)
    {
        string digits = value.ToString(CultureInfo.InvariantCulture).PadLeft(Digits, padding);
        if (Digits == 0)
            return digits + WithoutBackslashes(_format);

        var number = new StringBuilder(_format.Length + digits.Length);
        int next = 0;
        int places = 0;
        for (int i = 0; i < _format.Length; i++)
        {
            if (IsDigitPlace(i))
            {
                number.Append(digits[next++]);
                if (++places == Digits)
                    number.Append(digits, next, digits.Length - next);
            }
            else if (!IsEscape(i))
            {
                number.Append(_format[i]);
            }
        }

        return number.ToString();
    }

    private bool IsDigitPlace(int i) => _format[i] == '#' && (i == 0 || _format[i - 1] != '\\');

    private bool IsEscape(int i) => _format[i] == '\\' && i + 1 < _format.Length && _format[i + 1] == '#';

    private static string WithoutBackslashes(string text) => text.Replace("\\#", "#", StringComparison.Ordinal);
}
