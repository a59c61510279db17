using System.Text;
using Pipe.Tickets.Reading;

namespace Pipe.Tickets.Tests;

public sealed class CharsetsTests
{
    [Theory]
    [InlineData("Größe", "utf-8", "us-ascii")]
    [InlineData("Größe", "utf-8", "iso-8859-1")]
    [InlineData("Größe", "utf-8", "koi8-r")]
    [InlineData("Größe", "windows-1252", "utf-8")]
    [InlineData("“Größe” – 5 €", "windows-1252", "iso-8859-1")]
    [InlineData("“Größe” – 5 €", "windows-1252", "ANSI_X3.4-1968")]
    [InlineData("“Größe” – 5 €", "windows-1252", null)]
    [InlineData("“Größe” – 5 €", "windows-1252", "no-such-charset")]
    [InlineData("café”", "windows-1252", "utf-8")]
    [InlineData("你好，发票上的金额有误。", "utf-8", "big5")]
    [InlineData("你好，发票上的金额有误。", "gb18030", "gb2312")]
    [InlineData("你好，发票上的金额有误。", "gb18030", "cp936")]
    [InlineData("これはテストです。", "iso-2022-jp", null)]
    [InlineData("これはテストです。", "iso-2022-jp", "us-ascii")]
    [InlineData("これはテストです。", "shift_jis", "cp932")]
    [InlineData("これはテストです。", "shift_jis", "windows-31j")]
    [InlineData("안녕하세요 똠방", "ks_c_5601-1987", "UHC")]
    [InlineData("안녕하세요 똠방", "ks_c_5601-1987", "euc-kr")]
    [InlineData("Größe", "macintosh", "x-mac-roman")]
    [InlineData("Привет", "koi8-r", "koi8_r")]
    [InlineData("Привет", "cp866", "ibm866")]
    [InlineData("İstanbul “ğ”", "windows-1254", "iso-8859-9")]
    [InlineData("Größe", "utf-16", "utf-16")]
    [InlineData("Größe", "utf-16BE", "utf-16be")]
    public void Decode_reads_what_the_bytes_show(string text, string written, string? named)
    {
        CodePages.Register();

        Assert.Equal(text, Charsets.Decode(Encoding.GetEncoding(written).GetBytes(text), named));
    }

    [Theory]
    [InlineData("iso-8859-16", "\xA4\xAA\xFE", "€Șț")]
    [InlineData("iso8859-10", "\xBD\xFF", "―ĸ")]
    [InlineData("latin8", "\xD0\xF0", "Ŵŵ")]
    [InlineData("utf-8", "K\xF6ln und K\xC3\xB6ln", "Köln und Köln")]       // pasted beside UTF-8
    [InlineData("utf-8", "Gr\xC3\xB6\xC3", "Grö")]                          // cut within a character
    [InlineData("iso-8859-1", "\xEF\xBB\xBF\x61", "a")]                     // a byte-order mark
    public void Decode_of_bytes(string charset, string bytes, string text) =>
        Assert.Equal(text, Charsets.Decode(Encoding.Latin1.GetBytes(bytes), charset));

    [Theory]
    [InlineData("<html><head><meta charset=\"koi8-r\"></head>", "koi8-r")]
    [InlineData("<META http-equiv=Content-Type content='text/html; charset=windows-1251'>", "windows-1251")]
    [InlineData("<p>charset=koi8-r</p>", null)]
    [InlineData("<meta name=x><meta charset", null)]
    public void OfHtml_finds_the_charset_in_meta(string html, string? charset) =>
        Assert.Equal(charset, Charsets.OfHtml(Encoding.ASCII.GetBytes(html)));
}
