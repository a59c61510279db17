using System.Text;
using Pipe.Mime.Encodings;

namespace Pipe.Mime.Tests.Encodings;

public class TextDecoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void UUDecoder_finds_the_file_in_a_text_whatever_the_pieces(int piece) =>
        Assert.Equal("hello world", Decode(new UUDecoder(), "see the file\r\nbegin 644 a.txt\r\n+:&5L;&\\@=V]R;&0\r\n`\r\nend\r\nbye\r\n", piece));

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void YDecoder_finds_the_file_in_a_text_whatever_the_pieces(int piece)
    {
        string encoded = string.Concat("a=b\nhello\0".Select(static c => (char)((c + 42) & 0xFF)).Select(static c => c is '\0' or '\n' or '\r' or '=' ? "=" + (char)(c + 64) : c.ToString()));
        Assert.Equal("a=b\nhello\0", Decode(new YDecoder(), "see the file\r\n=ybegin line=128 size=10 name=a.txt\r\n" + encoded + "\r\n=yend size=10\r\nbye\r\n", piece));
    }

    private static string Decode(IMimeDecoder decoder, string text, int piece)
    {
        byte[] input = Encoding.Latin1.GetBytes(text);
        var result = new StringBuilder();
        byte[] output = new byte[decoder.EstimateOutputLength(input.Length)];
        for (int at = 0; at < input.Length; at += piece)
        {
            int count = decoder.Decode(input, at, Math.Min(piece, input.Length - at), output);
            _ = result.Append(Encoding.Latin1.GetString(output, 0, count));
        }

        return result.ToString();
    }
}
