using System.Text.Json;
using Pipe.Commands.Why;
using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Commands;

public sealed class WhyTests
{
    private const string Message = "From: Carla <carla@customer.test>\nTo: support@acme.test\nSubject: hello\nMessage-ID: <m1@customer.test>\n\nHello.\n";

    private static readonly Dictionary<string, string> Exim = new()
    {
        ["MESSAGE_ID"] = "1xVNau-000019-26",
        ["QUALIFY_DOMAIN"] = "mx.acme.test",
        ["LOCAL_PART"] = "support",
        ["RECIPIENT"] = "support@acme.test",
        ["SENDER"] = "carla@customer.test",
    };

    [SkippableTheory]
    [InlineData("text")]
    [InlineData("json")]
    public void Why_tells_the_history_of_a_message_under_each_of_its_names(string format)
    {
        Skip.If(LabPackages.WhyNot(null) is not null, LabPackages.WhyNot(null));
        using var place = new Workplace();
        string configuration = File.ReadAllText(place.Configuration);
        string withFormat = configuration.Replace("{ ", $"{{ \"logFormat\": \"{format}\", ", StringComparison.Ordinal);

        // It waits first, for the folder of the store is not there; then it is delivered, and once more.
        place.Configure(withFormat.Replace("/data/pipe.db", "/data/missing/pipe.db", StringComparison.Ordinal));
        Assert.Equal(75, place.RunProgram(place.Executable, Message, Exim).ExitCode);
        place.Configure(withFormat);
        Assert.Equal(0, place.RunProgram(place.Executable, Message, Exim).ExitCode);
        Assert.Equal(0, place.RunProgram(place.Executable, Message, Exim).ExitCode);
        Assert.Equal(0, place.Pipe(Message.Replace("m1@", "m2@", StringComparison.Ordinal)).ExitCode);

        string byQueueId = place.Run("why", "1xVNau-000019-26").Text;
        Assert.Equal(byQueueId, place.Run("why", "<m1@customer.test>").Text);
        Assert.Equal(byQueueId, place.Run("why", "m1@customer.test").Text);
        Assert.Contains("deferred", byQueueId, StringComparison.Ordinal);
        Assert.Contains("exit code 75", byQueueId, StringComparison.Ordinal);
        Assert.Contains("new-ticket", byQueueId, StringComparison.Ordinal);
        Assert.Contains("duplicate", byQueueId, StringComparison.Ordinal);
        Assert.Contains("exim 1xVNau-000019-26, from carla@customer.test to support@acme.test", byQueueId, StringComparison.Ordinal);
        Assert.Contains("<m1@customer.test>", byQueueId, StringComparison.Ordinal);
        Assert.DoesNotContain("m2@", byQueueId, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(place.Run("why", "--json", "m1@customer.test").Text);
        Assert.Equal(3, json.RootElement.GetProperty("log").GetArrayLength());
        string ticket = json.RootElement.GetProperty("store")[0].GetProperty("ticket").GetString()!;
        Assert.Contains($"ticket {ticket}", place.Run("why", ticket).Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Why_finds_a_message_in_the_spool_by_its_Message_ID()
    {
        Skip.If(LabPackages.WhyNot(null) is not null, LabPackages.WhyNot(null));
        using var place = new Workplace();
        place.Configure(File.ReadAllText(place.Configuration)
            .Replace("{ ", $"{{ \"spool\": \"on\", \"spoolFolder\": \"{place.Folder}/data/spool\", ", StringComparison.Ordinal)
            .Replace("/data/pipe.db", "/data/missing/pipe.db", StringComparison.Ordinal));
        Assert.Equal(0, place.Pipe(Message).ExitCode);

        string text = place.Run("why", "<m1@customer.test>").Text;

        Assert.Contains("\n  spool  ", text, StringComparison.Ordinal);
        Assert.Contains("unable to open", text, StringComparison.Ordinal);
        Assert.Contains("spooled", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Why_of_an_unknown_message_says_where_it_looked_and_ends_with_1()
    {
        Skip.If(LabPackages.WhyNot(null) is not null, LabPackages.WhyNot(null));
        using var place = new Workplace();
        Assert.Equal(0, place.Pipe(Message).ExitCode);

        var result = place.Run("why", "nobody@nowhere.test");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nothing is known", result.Errors, StringComparison.Ordinal);
        Assert.Contains(place.LogFile, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-01-01T00:00:00.000+00:00 pipe[1] information: message outcome=new-ticket reason=\"a \\\"quoted\\\" = word\" exit=0", "a \"quoted\" = word")]
    [InlineData("Jan  1 00:00:00 host pipe[1]: message outcome=new-ticket reason=plain exit=0", "plain")]
    [InlineData("{\"outcome\":\"new-ticket\",\"reason\":\"json\",\"exit\":0}", "json")]
    public void Parse_reads_each_form_of_a_line(string text, string reason)
    {
        var line = LogLine.Parse(text);

        Assert.Equal("new-ticket", line!.Fields["outcome"]);
        Assert.Equal(reason, line.Fields["reason"]);
        Assert.Equal("0", line.Fields["exit"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Jan  1 00:00:00 host exim[1]: 1xVNau-000019-26 <= carla@customer.test")]
    [InlineData("{\"cut off")]
    public void Parse_of_a_line_of_others_is_null(string text) => Assert.Null(LogLine.Parse(text));
}
