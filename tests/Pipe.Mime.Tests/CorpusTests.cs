namespace Pipe.Mime.Tests;

public class CorpusTests
{
    public static TheoryData<string> Names
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (var item in CorpusCase.All)
                data.Add(item.ToString());
            return data;
        }
    }

    [Fact]
    public void The_corpus_has_at_least_150_messages_and_no_name_twice()
    {
        Assert.True(CorpusCase.All.Count >= 150, $"There are {CorpusCase.All.Count}.");
        Assert.Equal(CorpusCase.All.Count, CorpusCase.All.Select(static c => c.ToString()).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_of_a_corpus_message_reads_what_is_expected_with_either_line_ending(string name)
    {
        var item = CorpusCase.All.Single(c => c.ToString() == name);
        Check(item, item.Message);
        Check(item, item.WithCrLf());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_from_a_stream_that_stays_open_reads_the_same_as_from_memory(string name)
    {
        var item = CorpusCase.All.Single(c => c.ToString() == name);
        // Beyond the size that is read at once, so that the parser works through its window.
        byte[] large = [.. item.Message, .. Enumerable.Repeat((byte)'\n', 300_000)];
        using var stream = new TrickleStream(large);
        using var fromStream = MimeMessage.Load(stream, persistent: true);
        using var fromMemory = MimeMessage.Load(new MemoryStream(large));
        foreach (var (key, _) in item.Expected)
            Assert.Equal(MessageFacts.Of(fromMemory, key), MessageFacts.Of(fromStream, key));
        Assert.Equal(MessageFacts.Touch(fromMemory), MessageFacts.Touch(fromStream));
    }

    private static void Check(CorpusCase item, byte[] bytes)
    {
        using var message = MimeMessage.Load(new MemoryStream(bytes));
        Assert.NotEmpty(item.Expected);
        foreach (var (key, value) in item.Expected)
            Assert.Equal((key, value), (key, MessageFacts.Of(message, key)));
        _ = MessageFacts.Touch(message);
    }
}
