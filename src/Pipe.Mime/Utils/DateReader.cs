using System.Globalization;
using System.Text;

namespace Pipe.Mime.Utils;

/// <summary>Reads a date token by token: the order of the tokens differs more in the wild than RFC 5322 section 4.3 allows.</summary>
internal ref struct DateReader(ReadOnlySpan<byte> text)
{
    private const int MaxTokens = 32;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;
    private int _day;
    private int _month;
    private int _year;
    private int _hour;
    private int _minute;
    private int _second;
    private bool _hasTime;
    private bool _hasZone;
    private int _zoneMinutes;

    public bool TryRead(out DateTimeOffset date)
    {
        date = default;
        _year = -1;
        _zoneMinutes = 0;
        for (int i = 0; i < MaxTokens; i++)
        {
            var token = Next();
            if (token.IsEmpty)
                break;
            if (!Take(token))
                return false;
        }

        if (_day == 0 || _month == 0 || _year < 0)
            return false;
        if (_day > DateTime.DaysInMonth(_year, _month))
            return false;

        // A leap second is the last second that .NET has.
        var time = new DateTime(_year, _month, _day, _hour, _minute, Math.Min(_second, 59));
        var offset = TimeSpan.FromMinutes(_zoneMinutes);
        long utc = time.Ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
            return false;
        date = new DateTimeOffset(time, offset);
        return true;
    }

    private ReadOnlySpan<byte> Next()
    {
        while (_position < _text.Length)
        {
            byte b = _text[_position];
            if (b == '(')
                _position = Cfws.SkipComment(_text, _position);
            else if (b is <= (byte)' ' or (byte)',' or (byte)'"')
                _position++;
            else
                break;
        }

        int start = _position;
        while (_position < _text.Length && _text[_position] is > (byte)' ' and not ((byte)',' or (byte)'(' or (byte)'"'))
            _position++;
        return _text[start.._position];
    }

    private bool Take(ReadOnlySpan<byte> token)
    {
        byte first = token[0];
        if (first is (byte)'+' or (byte)'-')
            return TakeNumericZone(token);
        if (char.IsAsciiDigit((char)first))
            return TakeNumber(token);
        return TakeWord(token);
    }

    private bool TakeNumber(ReadOnlySpan<byte> token)
    {
        int colon = token.IndexOf((byte)':');
        int dash = token.IndexOfAny((byte)'-', (byte)'/');
        if (colon > 0 && (dash < 0 || dash > colon))
            return TakeTime(token);
        if (dash > 0)
            return TakeDashedDate(token);

        int digits = token.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0)
            digits = token.Length;
        if (digits > 4)
            return false;
        int value = Number(token[..digits]);
        if (_day == 0 && digits <= 2)
        {
            _day = value;
            return value is >= 1 and <= 31;
        }

        if (_year < 0 && digits >= 2)
        {
            _year = FullYear(value, digits);
            return _year is >= 1 and <= 9999;
        }

        // Numbers behind the year mean nothing to us, except a zone without its sign.
        if (_hasTime && !_hasZone && digits == 4)
            return TakeZone(value, 1);
        return _hasTime;
    }

    private bool TakeDashedDate(ReadOnlySpan<byte> token)
    {
        int timeMark = token.IndexOfAny((byte)'T', (byte)'t');
        var datePart = token;
        // 2012-05-06T10:11:12Z
        if (timeMark > 0 && timeMark >= 8 && token[..timeMark].IndexOfAnyInRange((byte)'A', (byte)'z') < 0)
        {
            datePart = token[..timeMark];
            var rest = token[(timeMark + 1)..];
            int zone = rest.IndexOfAny("+-Zz"u8);
            if (zone >= 0)
            {
                if (rest[zone] is (byte)'Z' or (byte)'z')
                    _hasZone = true;
                else if (!TakeNumericZone(rest[zone..]))
                    return false;
                rest = rest[..zone];
            }

            if (!TakeTime(rest))
                return false;
        }

        int first = datePart.IndexOfAny((byte)'-', (byte)'/');
        if (first < 0)
            return false;
        var a = datePart[..first];
        var tail = datePart[(first + 1)..];
        int second = tail.IndexOfAny((byte)'-', (byte)'/');
        if (second < 0 || _day != 0)
            return false;
        var b = tail[..second];
        var c = tail[(second + 1)..];
        int month = MonthOf(b);
        if (month == 0 && (b.Length > 2 || (month = Number(b)) is < 1 or > 12))
            return false;
        _month = month;
        if (a.Length == 4)
        {
            var year = a;
            a = c;
            c = year;
        }

        if (a.Length is 0 or > 2 || c.Length is < 2 or > 4)
            return false;
        _day = Number(a);
        _year = FullYear(Number(c), c.Length);
        return _day is >= 1 and <= 31 && _year is >= 1 and <= 9999;
    }

    private bool TakeTime(ReadOnlySpan<byte> token)
    {
        if (_hasTime)
            return true;
        // 10:11:12+0200 without a space between
        int zone = token.IndexOfAny((byte)'+', (byte)'-');
        if (zone > 0)
        {
            if (!TakeNumericZone(token[zone..]))
                return false;
            token = token[..zone];
        }

        Span<int> fields = stackalloc int[3];
        int count = 0;
        while (!token.IsEmpty && count < 3)
        {
            int digits = token.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits < 0)
                digits = token.Length;
            if (digits is 0 or > 2)
                break;
            fields[count++] = Number(token[..digits]);
            token = token[digits..];
            if (token.IsEmpty || token[0] is not ((byte)':' or (byte)'.'))
                break;
            if (count == 3)
                token = default;
            else
                token = token[1..];
        }

        _hasTime = true;
        // The day is worth something without the time of day.
        if (count < 2 || fields[0] > 23 || fields[1] > 59 || fields[2] > 60)
            return true;
        (_hour, _minute, _second) = (fields[0], fields[1], fields[2]);
        return token.IsEmpty || token[0] is (byte)'.' || TakeWord(token);
    }

    private bool TakeNumericZone(ReadOnlySpan<byte> token)
    {
        int sign = token[0] == '-' ? -1 : 1;
        int value = 0;
        int digits = 0;
        foreach (byte b in token[1..])
        {
            if (b == ':')
                continue;
            if (!char.IsAsciiDigit((char)b))
                break;
            if (++digits > 4)
                break;
            value = (value * 10) + (b - '0');
        }

        if (digits == 0)
            return _hasTime;
        return TakeZone(digits <= 2 ? value * 100 : value, sign);
    }

    private bool TakeZone(int value, int sign)
    {
        if (_hasZone)
            return true;
        int minutes = (value / 100 * 60) + (value % 100);
        _hasZone = true;
        // .NET knows offsets up to 14 hours; beyond them the time is taken as UTC.
        _zoneMinutes = minutes <= 14 * 60 ? sign * minutes : 0;
        return true;
    }

    private bool TakeWord(ReadOnlySpan<byte> token)
    {
        int month = MonthOf(token);
        if (month != 0 && _month == 0)
        {
            _month = month;
            return true;
        }

        if (_hasTime && token.Length == 2 && (token[1] | 0x20) == 'm' && (token[0] | 0x20) is 'a' or 'p')
        {
            if ((token[0] | 0x20) == 'p')
                _hour = _hour < 12 ? _hour + 12 : _hour;
            else if (_hour == 12)
                _hour = 0;
            return true;
        }

        if (!_hasTime)
            return true;
        if (!_hasZone && NamedZone(token) is { } zone)
        {
            _hasZone = true;
            _zoneMinutes = zone;
        }

        return true;
    }

    private static int? NamedZone(ReadOnlySpan<byte> token)
    {
        if (token.Length > 5)
            return null;
        string name = Encoding.Latin1.GetString(token).ToUpperInvariant();
        // "GMT+2" and "UTC-0500" are in use.
        return name switch
        {
            "EST" => -5 * 60,
            "EDT" => -4 * 60,
            "CST" => -6 * 60,
            "CDT" => -5 * 60,
            "MST" => -7 * 60,
            "MDT" => -6 * 60,
            "PST" => -8 * 60,
            "PDT" => -7 * 60,
            "CET" or "MEZ" => 60,
            "CEST" or "MESZ" => 120,
            "JST" => 9 * 60,
            "UT" or "UTC" or "GMT" or "Z" => 0,
            _ => null,
        };
    }

    private static int MonthOf(ReadOnlySpan<byte> token)
    {
        if (token.Length < 3)
            return 0;
        int key = ((token[0] | 0x20) << 16) | ((token[1] | 0x20) << 8) | (token[2] | 0x20);
        return key switch
        {
            ('j' << 16) | ('a' << 8) | 'n' => 1,
            ('f' << 16) | ('e' << 8) | 'b' => 2,
            ('m' << 16) | ('a' << 8) | 'r' => 3,
            ('a' << 16) | ('p' << 8) | 'r' => 4,
            ('m' << 16) | ('a' << 8) | 'y' => 5,
            ('j' << 16) | ('u' << 8) | 'n' => 6,
            ('j' << 16) | ('u' << 8) | 'l' => 7,
            ('a' << 16) | ('u' << 8) | 'g' => 8,
            ('s' << 16) | ('e' << 8) | 'p' => 9,
            ('o' << 16) | ('c' << 8) | 't' => 10,
            ('n' << 16) | ('o' << 8) | 'v' => 11,
            ('d' << 16) | ('e' << 8) | 'c' => 12,
            _ => 0,
        };
    }

    // RFC 5322 section 4.3
    private static int FullYear(int value, int digits) => digits switch
    {
        2 => value < 50 ? value + 2000 : value + 1900,
        3 => value + 1900,
        _ => value,
    };

    private static int Number(ReadOnlySpan<byte> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : -1;
}
