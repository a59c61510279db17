using System.Buffers;
using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime.Text;

/// <summary>The charset that an HTML document declares in its head.</summary>
internal static class HtmlCharset
{
    private const int MaxHeadBytes = 4096;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\"';/");

    public static Encoding? Find(ReadOnlySpan<byte> html)
    {
        var head = html[..Math.Min(html.Length, MaxHeadBytes)];
        string text = Encoding.Latin1.GetString(head);
        int meta = 0;
        while ((meta = text.IndexOf("<meta", meta, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            int end = text.IndexOf('>', meta);
            if (end < 0)
                return null;
            var tag = text.AsSpan(meta, end - meta);
            int charset = tag.IndexOf("charset", StringComparison.OrdinalIgnoreCase);
            if (charset >= 0)
            {
                var rest = tag[(charset + 7)..].TrimStart();
                if (rest.StartsWith("="))
                {
                    rest = rest[1..].Trim(" \t\r\n\"'/");
                    int stop = rest.IndexOfAny(NameEnds);
                    return CharsetUtils.Find(stop < 0 ? rest : rest[..stop]);
                }
            }

            meta = end;
        }

        return null;
    }
}
