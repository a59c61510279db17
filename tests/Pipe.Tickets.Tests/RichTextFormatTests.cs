using System.Text;
using Pipe.Tickets.Reading;

namespace Pipe.Tickets.Tests;

public sealed class RichTextFormatTests
{
    [Theory]
    [InlineData(@"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 Gr\'fc\'dfe\par Zeile 2\tab x}", "Grüße\nZeile 2\tx", false)]
    [InlineData(@"{\rtf1\ansi\ansicpg932 \'82\'a0\'82\'a2}", "あい", false)]                       // two bytes a letter
    [InlineData(@"{\rtf1\uc1 \u8364?5 \{x\} \\}", "€5 {x} \\", false)]
    [InlineData(@"{\rtf1\uc0 {\*\generator Word;}{\info{\author Me}}a\emdash b}", "a—b", false)]
    [InlineData(@"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf \b \htmlrtf0 Hello{\*\htmltag72 </p>}}", "<p>Hello</p>", true)]
    [InlineData(@"{\rtf1 a{\pict\bin3 }}}}b}", "ab", false)]
    [InlineData(@"{\rtf1 a\'", "a", false)]
    [InlineData("}}}", "", false)]
    public void Read_gives_the_text_or_the_HTML_in_it(string rtf, string text, bool isHtml) =>
        Assert.Equal((text, isHtml), RichTextFormat.Read(Encoding.ASCII.GetBytes(rtf)));

    [Fact]
    public void Read_ends_where_groups_are_nested_without_end() =>
        Assert.Equal("a", RichTextFormat.Read(Encoding.ASCII.GetBytes("a" + new string('{', 1_000_000))).Text);
}
