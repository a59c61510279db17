namespace Pipe.Tickets.Notifications;

public class TemplateExpanderTests
{
    [Theory]
    [InlineData("#%{ticket.number}!", "#327029!")]
    [InlineData("<a href=\"%%7Bticket.number%7D\">x</a>", "<a href=\"327029\">x</a>")]
    [InlineData("%{ticket.number%7D %%7bticket.number}", "327029 327029")]       // editors write one end or both
    [InlineData("%{ticket.NUMBER} %{ticket.Number}", "327029 327029")]
    [InlineData("%{Ticket.number}", "%{Ticket.number}")]                          // the first segment is case-sensitive
    [InlineData("%{ticket.nothing.at.all}|%{ticket.number.x}", "|")]
    [InlineData("%{unknown} %{unknown.x}", "%{unknown} %{unknown.x}")]
    [InlineData("%{url.and.more}", "https://help.acme.test")]                     // a plain value has no members
    [InlineData("%{ticket}", "327029")]
    [InlineData("50% %{} %{x} %{9x} %{a b} %{ticket.number", "50% %{} %{x} %{9x} %{a b} %{ticket.number")]
    [InlineData("%%%{ticket.number}%", "%%327029%")]
    [InlineData("", "")]
    public void ToHtml_replaces_what_it_knows_and_leaves_the_rest(string template, string expected) =>
        Assert.Equal(expected, new TemplateExpander(Scope("x")).ToHtml(template));

    [Fact]
    public void ToHtml_never_expands_what_a_customer_wrote()
    {
        var scope = Scope("%{url} %{ticket.number}");
        scope["message"] = new TemplateValue.Markup("<p>%{url} %%7Burl%7D %{ticket.number}</p>");

        Assert.Equal(
            "%{url} %{ticket.number}/<p>%{url} %%7Burl%7D %{ticket.number}</p>/https://help.acme.test",
            new TemplateExpander(scope).ToHtml("%{ticket.subject}/%{message}/%{url}"));
    }

    [Theory]
    [InlineData("<b>bold</b> & \"co\"", "<p>&lt;b&gt;bold&lt;/b&gt; &amp; \"co\"</p>", "<a title=\"&lt;b&gt;bold&lt;/b&gt; &amp; &quot;co&quot;\">")]
    [InlineData("x' onclick='y", "<p>x' onclick='y</p>", "<a title=\"x&#39; onclick=&#39;y\">")]
    public void ToHtml_escapes_plain_values_for_the_place_they_stand_in(string subject, string inText, string inTag)
    {
        Assert.Equal(inText, new TemplateExpander(Scope(subject)).ToHtml("<p>%{ticket.subject}</p>"));
        Assert.Equal(inTag, new TemplateExpander(Scope(subject)).ToHtml("<a title=\"%{ticket.subject}\">"));
    }

    [Fact]
    public void ToHtml_takes_the_tags_out_of_HTML_that_stands_in_an_attribute()
    {
        var scope = Scope("x");
        scope["message"] = new TemplateValue.Markup("<p>say \"hi\"</p>");

        Assert.Equal("<a title=\"say &quot;hi&quot;\">", new TemplateExpander(scope).ToHtml("<a title=\"%{message}\">"));
    }

    [Theory]
    [InlineData("Hi\r\nBcc: x@y", "Re: HiBcc: x@y")]
    [InlineData("  a <b> & \"c\" \u2028 ", "Re:   a <b> & \"c\"")]
    [InlineData("tab\there", "Re: tab here")]
    public void ToLine_gives_one_line_of_plain_text(string subject, string expected) =>
        Assert.Equal(expected, new TemplateExpander(Scope(subject)).ToLine("\n Re: %{ticket.subject}\r\n"));

    [Fact]
    public void Files_are_those_that_placeholders_asked_for()
    {
        var scope = Scope("x");
        scope["message"] = new TemplateValue.Member(
            member => member == "files" ? new TemplateValue.Files(() => [new OutgoingFile("k", "a.txt", "text/plain", [1])]) : null, TemplateValue.Empty);
        var expander = new TemplateExpander(scope);

        Assert.Equal("<p></p>", expander.ToHtml("<p>%{message.files}</p>"));
        Assert.Equal("a.txt", Assert.Single(expander.Files).Name);
    }

    private static TemplateScope Scope(string subject) => new()
    {
        ["url"] = new TemplateValue.Plain("https://help.acme.test"),
        ["ticket"] = new TemplateValue.Member(
            member => member switch
            {
                "number" => TemplateValue.Of("327029"),
                "subject" => TemplateValue.Of(subject),
                _ => null,
            },
            TemplateValue.Of("327029")),
    };
}
