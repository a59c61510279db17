using System.Buffers;
using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>Reads parameters (RFC 2045 section 5.1, RFC 2231), as they are found in the wild.</summary>
internal static class ParameterReader
{
    private const int MaxParameters = 1024;

    /// <summary>Reads what follows the first semicolon.</summary>
    public static void Read(ParserOptions options, ReadOnlySpan<byte> text, ParameterList target)
    {
        List<ParameterPiece>? pieces = null;
        int at = 0;
        int count = 0;
        while (at < text.Length && count++ < MaxParameters)
        {
            at = Cfws.Skip(text, at);
            if (at < text.Length && text[at] is (byte)';' or (byte)',')
            {
                at++;
                continue;
            }

            if (at >= text.Length || !TryReadOne(text, ref at, out var piece, out var value))
                continue;
            if (piece.IsExtended || piece.Index >= 0)
                (pieces ??= []).Add(piece with { Value = value.ToArray() });
            else if (!target.Contains(piece.Name))
                target.Add(new Parameter(piece.Name, KnownText.Find(value) ?? Rfc2047.DecodeText(options, value), true));
        }

        if (pieces is not null)
            AddPieces(options, pieces, target);
    }

    private static bool TryReadOne(ReadOnlySpan<byte> text, ref int at, out ParameterPiece piece, out ReadOnlySpan<byte> value)
    {
        piece = default;
        value = default;
        int equals = text[at..].IndexOfAny((byte)'=', (byte)';');
        if (equals < 0 || text[at + equals] == ';')
        {
            at = equals < 0 ? text.Length : at + equals + 1;
            return false;
        }

        var name = text.Slice(at, equals).Trim(" \t\r\n"u8);
        // "charset utf-8; name=x": only the last word can be a name
        int space = name.LastIndexOfAny(" \t\r\n"u8);
        if (space >= 0)
            name = name[(space + 1)..];
        at = Cfws.Skip(text, at + equals + 1);
        value = ReadValue(text, ref at);
        if (name.IsEmpty || name.Length > 256)
            return false;

        int index = -1;
        bool extended = false;
        int star = name.IndexOf((byte)'*');
        if (star > 0)
        {
            var suffix = name[(star + 1)..];
            extended = suffix.IsEmpty || suffix[^1] == '*';
            suffix = suffix.TrimEnd((byte)'*');
            if (!suffix.IsEmpty && (!int.TryParse(suffix, System.Globalization.NumberStyles.None, null, out index) || index > 100_000))
                return false;
            name = name[..star];
        }

        piece = new ParameterPiece(KnownText.Find(name) ?? Encoding.Latin1.GetString(name), index, extended, []);
        return true;
    }

    private static ReadOnlySpan<byte> ReadValue(ReadOnlySpan<byte> text, ref int at)
    {
        if (at < text.Length && text[at] == '"')
        {
            int end = FindClosingQuote(text, at);
            var quoted = Unquote(text[(at + 1)..end]);
            at = Math.Min(end + 1, text.Length);
            // Whatever stands between the closing quote and the semicolon means nothing.
            int semicolon = text[at..].IndexOf((byte)';');
            int next = Cfws.Skip(text, at);
            if (next < text.Length && text[next] != ';' && semicolon >= 0 && text[at..(at + semicolon)].IndexOf((byte)'=') < 0)
                at += semicolon;
            return quoted;
        }

        int stop = text[at..].IndexOf((byte)';');
        var raw = stop < 0 ? text[at..] : text.Slice(at, stop);
        at += raw.Length;
        return Unfold(StripComment(raw).Trim(" \t\r\n"u8));
    }

    // An unescaped backslash before the closing quote is a Windows path more often than an escape.
    private static int FindClosingQuote(ReadOnlySpan<byte> text, int start)
    {
        int end = Cfws.SkipQuotedString(text, start);
        return end < 0 ? (text[(start + 1)..].IndexOf((byte)';') is var s and >= 0 ? start + 1 + s : text.Length) : end - 1;
    }

    private static ReadOnlySpan<byte> StripComment(ReadOnlySpan<byte> value)
    {
        int open = value.IndexOf((byte)'(');
        return open > 0 && value[open - 1] is (byte)' ' or (byte)'\t' && Cfws.SkipComment(value, open) >= value.TrimEnd(" \t\r\n"u8).Length && value.TrimEnd(" \t\r\n"u8)[^1] == ')'
            ? value[..open]
            : value;
    }

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAny((byte)'\\', (byte)'\r', (byte)'\n') < 0)
            return value;
        byte[] result = new byte[value.Length];
        int count = 0;
        for (int i = 0; i < value.Length; i++)
        {
            byte b = value[i];
            if (b == '\\' && i + 1 < value.Length)
                result[count++] = value[++i];
            else if (b is not ((byte)'\r' or (byte)'\n'))
                result[count++] = b;
        }

        return result.AsSpan(0, count);
    }

    private static ReadOnlySpan<byte> Unfold(ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAny((byte)'\r', (byte)'\n') < 0)
            return value;
        byte[] result = new byte[value.Length];
        int count = 0;
        foreach (byte b in value)
        {
            if (b is not ((byte)'\r' or (byte)'\n'))
                result[count++] = b;
        }

        return result.AsSpan(0, count);
    }

    private static void AddPieces(ParserOptions options, List<ParameterPiece> pieces, ParameterList target)
    {
        var groups = new Dictionary<string, List<ParameterPiece>>(StringComparer.OrdinalIgnoreCase);
        foreach (var piece in pieces)
        {
            if (!groups.TryGetValue(piece.Name, out var group))
                groups.Add(piece.Name, group = []);
            group.Add(piece);
        }

        foreach (var (name, group) in groups)
        {
            group.Sort(static (a, b) => a.Index.CompareTo(b.Index));
            string value = Join(options, group);
            int plain = target.IndexOf(name);
            // Both forms are sent side by side; the extended one is the whole one (RFC 6266 section 4.3 says so for the same syntax).
            if (plain >= 0)
                target[plain].Value = value;
            else
                target.Add(new Parameter(name, value, true));
        }
    }

    // The charset stands in the first piece; characters may be cut between pieces, so bytes are joined first.
    private static string Join(ParserOptions options, List<ParameterPiece> group)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Encoding? charset = null;
        bool declared = false;
        bool first = true;
        int last = -2;
        foreach (var piece in group)
        {
            if (piece.Index == last)
                continue;
            last = piece.Index;
            ReadOnlySpan<byte> value = piece.Value;
            if (first && piece.IsExtended)
            {
                int quote = value.IndexOf((byte)'\'');
                int second = quote < 0 ? -1 : value[(quote + 1)..].IndexOf((byte)'\'');
                if (second >= 0)
                {
                    declared = quote > 0;
                    charset = CharsetUtils.Find(Encoding.Latin1.GetString(value[..quote]));
                    value = value[(quote + second + 2)..];
                }
            }

            first = false;
            if (piece.IsExtended)
                PercentDecode(value, bytes);
            else
                bytes.Write(value);
        }

        if (charset is not null)
            return CharsetUtils.Decode(options, charset, bytes.WrittenSpan);
        return declared
            ? CharsetUtils.DecodeUnknown(options, bytes.WrittenSpan)
            : Rfc2047.DecodeText(options, bytes.WrittenSpan);
    }

    private static void PercentDecode(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> target)
    {
        if (value.IsEmpty)
            return;
        var span = target.GetSpan(value.Length);
        int count = 0;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '%' && i + 2 < value.Length && HexDigit.ValueOf(value[i + 1]) is var high and >= 0 && HexDigit.ValueOf(value[i + 2]) is var low and >= 0)
            {
                span[count++] = (byte)((high << 4) | low);
                i += 2;
            }
            else
            {
                span[count++] = value[i];
            }
        }

        target.Advance(count);
    }

    private readonly record struct ParameterPiece(string Name, int Index, bool IsExtended, byte[] Value);
}
