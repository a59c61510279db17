using System.Diagnostics;
using System.Text;
using Pipe.Tickets.Entries;

namespace Pipe.Tickets.Tests.Entries;

public sealed class EntryBodyTests
{
    [Theory]
    [InlineData("", "-")]
    [InlineData(" \t\r\n ", "-")]
    [InlineData("0", "-")]
    [InlineData("\n\nHello\n\n\n\n\nworld  \n", "Hello\n\nworld")]
    [InlineData("a\r\n\r\n\r\n\r\nb", "a\r\n\r\n\r\n\r\nb")]                  // only bare line feeds collapse
    [InlineData("a < b & \"c\" > 'd'", "a &lt; b &amp; &quot;c&quot; &gt; 'd'")]
    [InlineData("if (a<b) then <http://x.test/?a=1&b=2>", "if (a&lt;b) then &lt;http://x.test/?a=1&amp;b=2&gt;")]
    [InlineData("&lt;b&gt;", "&amp;lt;b&amp;gt;")]
    [InlineData("done \u00A9 \U0001F600", "done  ")]
    [InlineData("\U0001F600", "-")]
    public void FromMail_of_text_trims_collapses_and_escapes(string text, string expected)
    {
        var body = EntryBody.FromMail(new(BodyFormat.Text, text), new());

        Assert.Equal(BodyFormat.Text, body.Format);
        Assert.Equal(expected, body.Content);
    }

    [Theory]
    [InlineData("<a href=\"javascript:alert(1)\">x</a><a href=\"http://e.com/?a=1&b=2\" target=\"_blank\">y</a>",
        "<a href=\"denied:javascript:alert(1)\">x</a><a href=\"http://e.com/?a=1&amp;b=2\" target=\"_blank\">y</a>")]
    [InlineData("<font color=\"red\" face=\"Arial\" size=\"3\">f</font>", "<span style=\"color:red;font-size:medium;font-family:Arial\">f</span>")]
    [InlineData("<form action=\"/x\"><input name=a><button>B</button></form>", "B")]
    [InlineData("<div dir=\"ltr\">gmail <div>inner</div></div>", "gmail <div>inner </div>")]
    [InlineData("<p class=\"foo MsoNormal\" id=x onclick=y style=\"color:red;mso-x:1\">t</p>", "<p class=\"MsoNormal\" style=\"color:red\">t</p>")]
    [InlineData("<p></p><p>&nbsp;</p><span></span><div></div><p><br></p>x", "<p>\u00A0</p><div></div><p><br /></p>x")]
    [InlineData("text & stuff < 3 > 2 \"q\"", "text &amp; stuff &lt; 3 &gt; 2 \"q\"")]
    [InlineData("<p>Hello   <b>w</b>\n\n next</p>\n<p>x</p>", "<p>Hello <b>w</b> next</p> <p>x</p>")]
    [InlineData("<b>a</b><p> lead</p>", "<b>a</b> <p>lead</p>")]
    [InlineData("<p>x</p>\n", "<p>x</p> ")]
    [InlineData("<br/><br>\n<br />", "-")]
    [InlineData("<pre> a\n  b</pre>", "<pre> a\n  b</pre>")]
    [InlineData("<p style=\"position:fixed;top:0\">My position: manager; more</p>", "<p style=\"top:0\">My position: manager; more</p>")]
    [InlineData("use &lt;b&gt;bold&lt;/b&gt;", "use &lt;b&gt;bold&lt;/b&gt;")]
    [InlineData("<div>a</div></div><p>b", "<div>a</div><p>b</p>")]
    public void FromMail_of_HTML_stores_what_the_help_desk_shows(string html, string expected)
    {
        var body = EntryBody.FromMail(new(BodyFormat.Html, html), new());

        Assert.Equal(BodyFormat.Html, body.Format);
        Assert.Equal(expected, body.Content);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>ok", "ok")]
    [InlineData("<svg><script>alert(1)</script><style>x</style></svg>ok", "ok")]
    [InlineData("<math><mi xlink:href=\"javascript:alert(1)\">ok</mi></math>", "ok")]
    [InlineData("<img src=x onerror=alert(1)>ok", "ok")]
    [InlineData("<img src=\"data:text/html,<script>alert(1)</script>\">ok", "ok")]
    [InlineData("<object data=\"x.swf\">ok</object>", "ok")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">ok</p></noscript>", "<p title=\"&lt;/noscript&gt;&lt;img src=x onerror=alert(1)&gt;\">ok</p>")]
    [InlineData("<b style=\"background:url(javascript:alert(1))\">ok</b>", "<b>ok</b>")]
    [InlineData("<b style=\"width:\\65xpression(alert(1))\">ok</b>", "<b>ok</b>")]
    [InlineData("<b style=\"background:u/**/rl(x)\">ok</b>", "<b>ok</b>")]
    [InlineData("<a href=\" &#1; java&#9;script:alert(1)\">ok</a>", "<a href=\"denied:%01%20java%09script:alert(1)\">ok</a>")]
    [InlineData("<a href=\"java&#x0A;script&colon;alert(1)\">ok</a>", "<a href=\"denied:java%0Ascript:alert(1)\">ok</a>")]
    [InlineData("<a data-x\"y=1 href=x>ok</a>", "<a href=\"x\">ok</a>")]
    [InlineData("<scr\0ipt>alert(1)</script>ok", "alert(1)ok")]             // no browser takes that for a script
    [InlineData("<iframe src=\"https://evil.test/\"></iframe>ok", "ok")]
    [InlineData("<iframe src=\"https://youtube.com@evil.test/\"></iframe>ok", "ok")]
    [InlineData("<iframe src=\"javascript:alert('youtube.com')\"></iframe>ok", "ok")]
    [InlineData("<iframe src=\"https://www.youtube.com/embed/1\" onload=x width=5></iframe>", "<iframe src=\"https://www.youtube.com/embed/1\" width=\"5\"></iframe>")]
    [InlineData("<base href=\"//evil.test\"><meta http-equiv=refresh content=0><link rel=stylesheet href=x>ok", "ok")]
    [InlineData("<template><script>x</script></template>ok", "ok")]
    [InlineData("<xmp><script>alert(1)</script></xmp>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    public void FromMail_of_hostile_HTML_leaves_nothing_that_acts(string html, string expected) =>
        Assert.Equal(expected, EntryBody.FromMail(new(BodyFormat.Html, html), new()).Content);

    [Fact]
    public void FromMail_of_a_stranger_says_who_writes()
    {
        var options = new EntryBodyOptions { Stranger = new("str@x.test", "Str <Anger>") };

        Assert.Equal("Received From: Str &lt;Anger&gt; &lt;str@x.test&gt;\n\nhi", EntryBody.FromMail(new(BodyFormat.Text, "hi\n"), options).Content);
        Assert.Equal(
            "<div>Received From: Str &lt;Anger&gt; &lt;str@x.test&gt; <br /> <br /> <br /><br /></div><p>hi</p>",
            EntryBody.FromMail(new(BodyFormat.Html, "<p>hi</p>"), options).Content);
    }

    [Fact]
    public void WithFileKeys_puts_keys_in_place_of_the_content_ids_that_have_one()
    {
        var body = EntryBody.FromMail(
            new(BodyFormat.Html, "<p>&lt; <img src=\"cid:a@x\"> src=\"cid:a@x\" <img src='CID:b$1@x' alt=2><img src=cid:c@x></p>"), new());

        string content = body.WithFileKeys(new Dictionary<string, string> { ["a@x"] = "KEY1", ["B$1@x"] = "KEY2" });

        Assert.Equal(["a@x", "b$1@x", "c@x"], body.ReferencedContentIds);
        Assert.Equal(
            "<p>&lt; <img src=\"cid:KEY1\" alt=\"image\" /> src=\"cid:a@x\" <img src=\"cid:KEY2\" alt=\"2\" /><img src=\"cid:c@x\" alt=\"image\" /></p>", content);
        Assert.True(body.Mentions("a@x"));
        Assert.False(body.Mentions("z@x"));
    }

    [Fact]
    public void FromMail_takes_out_images_that_are_written_into_the_HTML()
    {
        var body = EntryBody.FromMail(new(BodyFormat.Html, "<img src=\"data:image/png;base64,aGVs\nbG8=\">"), new());

        var image = Assert.Single(body.EmbeddedImages);
        var content = new MemoryStream();
        image.CopyTo(content);
        Assert.Equal("hello", Encoding.ASCII.GetString(content.ToArray()));
        Assert.Equal("image/png", image.MediaType);
        Assert.Equal([image.ContentId!], body.ReferencedContentIds);
        Assert.Contains($"<img src=\"cid:{image.ContentId}\"", body.Content, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Bombs()
    {
        var attributes = new StringBuilder("<p ");
        for (int i = 0; i < 100_000; i++)
            attributes.Append('a').Append(i).Append("=1 ");
        return new()
        {
            { "nesting", Repeat("<div>", 200_000) },
            { "nested paragraphs", Repeat("<b><p>", 100_000) },
            { "open formatting elements", Repeat("<font color=1><b x=2>", 20_000) + Repeat("<p>x", 20_000) },
            { "attributes", attributes.Append('>').ToString() },
            { "tags", Repeat("<br>", 250_000) },
            { "open angle brackets", Repeat("<", 1_000_000) },
            { "unclosed comments", Repeat("<!--", 250_000) },
            { "tables", Repeat("<table><tr><td>", 60_000) },
            { "entities", Repeat("&amp;", 200_000) },
            { "blanks behind start tags", Repeat("<i> ", 200_000) },
        };
    }

    // Without bounds each of these takes minutes, or all memory; no time is measured here, but the run would not end.
    [Theory]
    [MemberData(nameof(Bombs))]
    public void FromMail_of_a_bomb_ends(string name, string html)
    {
        Debug.WriteLine(name);

        Assert.NotEmpty(EntryBody.FromMail(new(BodyFormat.Html, html), new()).Content);
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
