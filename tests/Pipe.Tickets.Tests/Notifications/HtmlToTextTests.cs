namespace Pipe.Tickets.Notifications;

public class HtmlToTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("<p>One</p><p>Two</p>", "One\n\nTwo")]
    [InlineData("<p>One  \n  line</p>\n\n<div>Two</div><div>Three</div>", "One line\n\nTwo\nThree")]
    [InlineData("a<br>b<br/>c<br /><br />d", "a\nb\nc\n\nd")]
    [InlineData("<b>bo</b>ld &amp; &lt;i&gt; &copy; &#8364; &nbsp;x", "bold & <i> \u00a9 \u20ac  x")]
    [InlineData("<div style=\"white-space:pre-wrap\">a\n\n  b &lt;c&gt;\n</div><p>d</p>", "a\n\n  b <c>\n\nd")]
    [InlineData("<pre>x\n  y</pre>z", "x\n  y\n\nz")]
    [InlineData("<a href=\"https://x.test/a?b=1&amp;c=2\">here</a>.", "here <https://x.test/a?b=1&c=2>.")]
    [InlineData("<a href=\"https://x.test/\">https://x.test</a> <a href=\"mailto:a@b.test\">a@b.test</a>", "https://x.test a@b.test")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a> <a href=\"#top\">y</a> <a name=z>z</a>", "x y z")]
    [InlineData("<ul><li>One</li><li>Two<ul><li>Deep</li></ul></li></ul>After", "- One\n- Two\n- Deep\nAfter")]
    [InlineData("<ol><li>One<li>Two</ol>", "1. One\n2. Two")]
    [InlineData("<table><tr><td>From</td><td>Joe</td></tr><tr><td>To</td><td>Ada</td></tr></table>x", "From Joe\nTo Ada\n\nx")]
    [InlineData("<blockquote>quoted<br>text</blockquote>mine", "> quoted\n> text\n\nmine")]
    [InlineData("<img src=x alt=\"Logo\"><img src=y>", "[Logo]")]
    [InlineData("one<hr>two", "one\n\n----------------------------------------\ntwo")]
    [InlineData("<head><title>t</title></head><style>p{}</style><script>if (a<b) {}</script>x<!-- <p>no</p> -->y", "xy")]
    [InlineData("<div style=\"DISPLAY : none\">hidden <b>all</b></div>seen", "seen")]
    [InlineData("a < b <3 <> </ x", "a < b <3 <> </ x")]
    [InlineData("<p title=\">\">x</p><p title=\"open>y</p>", "x\n\ny")]
    [InlineData("<b>never closed <i>x", "never closed x")]
    [InlineData("</p></div>x</b>", "x")]
    public void Convert_says_in_text_what_the_HTML_shows(string html, string expected) => Assert.Equal(expected, HtmlToText.Convert(html));

    [Fact]
    public void Convert_folds_long_lines_at_blanks_and_cuts_no_word()
    {
        string words = string.Join(' ', Enumerable.Repeat("wörter", 40));
        string text = HtmlToText.Convert($"<p>{words}</p><p>{new string('学', 200)}</p><div style=\"white-space: pre\">{words}</div>");
        string[] lines = text.Split('\n');

        Assert.Equal(words, string.Join(' ', lines.TakeWhile(line => line.Length > 0)));
        Assert.All(lines.TakeWhile(line => line.Length > 0), line => Assert.InRange(line.Length, 1, 78));
        Assert.Contains(new string('学', 200), lines);
        Assert.Equal(words, lines[^1]);
    }

    [Theory]
    [InlineData("<a")]
    [InlineData("<")]
    [InlineData("<!--")]
    [InlineData("<a href=\"")]
    [InlineData("<a href='x>")]
    [InlineData("<div><blockquote>")]
    [InlineData("<script>")]
    [InlineData("<ul><li>")]
    [InlineData("&#")]
    public void Convert_takes_long_runs_of_broken_markup_in_a_moment(string piece)
    {
        string html = string.Concat(Enumerable.Repeat(piece, 20_000));

        // Quadratic work on this would take minutes.
        Assert.NotNull(HtmlToText.Convert(html));
    }

    [Fact]
    public void Convert_takes_random_damage()
    {
        var random = new Random(20261123);
        const string Alphabet = "<>/=\"' \n&;#abpi!-?";
        for (int i = 0; i < 3000; i++)
        {
            char[] html = new char[random.Next(60)];
            for (int j = 0; j < html.Length; j++)
                html[j] = Alphabet[random.Next(Alphabet.Length)];
            Assert.NotNull(HtmlToText.Convert(new string(html)));
        }
    }
}
