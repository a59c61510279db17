using System.Buffers.Binary;
using System.Text;

namespace Pipe.Mime.Tests;

/// <summary>Builds TNEF streams attribute by attribute (MS-OXTNEF section 2.1.3).</summary>
public sealed class TnefSamples
{
    private readonly List<byte> _bytes = [];

    public TnefSamples()
    {
        _bytes.AddRange([0x78, 0x9F, 0x3E, 0x22, 1, 0]);
        Attribute(1, 0x00089006, [0, 0, 1, 0]);
        Attribute(1, 0x00069007, [.. Int(1252), .. Int(0)]);
    }

    public static byte[] Full(bool badChecksum = false)
    {
        var sample = new TnefSamples { BadChecksum = badChecksum };
        sample.Attribute(1, 0x00018004, Encoding.Latin1.GetBytes("Gr\u00FC\u00DFe\0"));
        sample.Attribute(1, 0x00069003, Properties(
            (0x0017_0003, Int(2)),
            (0x1000_001E, Text("plain body")),
            (0x1013_0102, Encoding.UTF8.GetBytes("<p>html gr\u00FC\u00DFe</p>")),
            (0x3FDE_0003, Int(65001))));
        sample.Attribute(2, 0x00069002, new byte[14]);
        sample.Attribute(2, 0x00018010, Encoding.Latin1.GetBytes("SHORT~1.TXT\0"));
        sample.Attribute(2, 0x0006800F, Encoding.ASCII.GetBytes("file content"));
        sample.Attribute(2, 0x00069005, Properties((0x3707_001F, Encoding.Unicode.GetBytes("gr\u00FC\u00DFe long name.txt\0")), (0x370E_001E, Text("text/x-special"))));
        sample.Attribute(2, 0x00069002, new byte[14]);
        sample.Attribute(2, 0x0006800F, [0x47, 0x49, 0x46]);
        sample.Attribute(2, 0x00069005, Properties((0x3704_001E, Text("a.gif")), (0x3712_001E, Text("pic@1")), (0x3714_0003, Int(4))));
        return sample.ToArray();
    }

    public static byte[] WithRtf(string rtf)
    {
        var sample = new TnefSamples();
        sample.Attribute(1, 0x00069003, Properties((0x1009_0102, Uncompressed(Encoding.Latin1.GetBytes(rtf)))));
        return sample.ToArray();
    }

    public static byte[] WithCompressedRtf(byte[] compressed)
    {
        var sample = new TnefSamples();
        sample.Attribute(1, 0x00069003, Properties((0x1009_0102, compressed)));
        return sample.ToArray();
    }

    public static byte[] Nested()
    {
        var sample = new TnefSamples();
        sample.Attribute(2, 0x00069002, new byte[14]);
        sample.Attribute(2, 0x00069005, Properties((0x3705_0003, Int(5)), (0x3001_001E, Text("the inner one")), (0x3701_000D, [.. new byte[16], .. Full()])));
        return sample.ToArray();
    }

    public static byte[] Message(byte[] tnef) => Encoding.ASCII.GetBytes(
        "Subject: outer\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(tnef, Base64FormattingOptions.InsertLineBreaks) + "\n");

    public static IEnumerable<byte[]> Messages()
    {
        foreach (byte[] tnef in new[] { Full(), Nested(), WithRtf("{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag <p>}x\\par\\'fc\\u8364 ?{\\htmlrtf no\\htmlrtf0}{\\*\\htmltag </p>}}") })
        {
            yield return Message(tnef);
            yield return [.. Encoding.ASCII.GetBytes("Content-Type: application/ms-tnef\nContent-Transfer-Encoding: binary\n\n"), .. tnef];
        }
    }

    private bool BadChecksum { get; init; }

    private byte[] ToArray() => _bytes.ToArray();

    private void Attribute(byte level, int id, byte[] data)
    {
        int sum = 0;
        foreach (byte b in data)
            sum += b;
        _bytes.Add(level);
        _bytes.AddRange(Int(id));
        _bytes.AddRange(Int(data.Length));
        _bytes.AddRange(data);
        _bytes.Add((byte)(BadChecksum ? ~sum : sum));
        _bytes.Add((byte)(sum >> 8));
    }

    private static byte[] Properties(params (int Tag, byte[] Value)[] properties)
    {
        var stream = new MemoryStream();
        stream.Write(Int(properties.Length));
        foreach (var (tag, value) in properties)
        {
            // The tag is type and identifier, each little-endian.
            stream.Write(Int((int)((uint)tag >> 16) << 16 | (tag & 0xFFFF)));
            if ((tag & 0xFFFF) is 0x1E or 0x1F or 0x102 or 0x0D)
            {
                stream.Write(Int(1));
                stream.Write(Int(value.Length));
            }

            stream.Write(value);
            stream.Write(new byte[(4 - (value.Length & 3)) & 3]);
        }

        return stream.ToArray();
    }

    private static byte[] Uncompressed(byte[] rtf) =>
        [.. Int(rtf.Length + 12), .. Int(rtf.Length), .. Int(0x414C454D), .. Int(0), .. rtf];

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text + "\0");

    private static byte[] Int(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
