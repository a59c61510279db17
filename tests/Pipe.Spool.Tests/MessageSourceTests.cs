namespace Pipe.Spool.Tests;

public sealed class MessageSourceTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_folder_gives_its_eml_files_and_those_of_the_folders_in_it_sorted()
    {
        Put("b.eml", "2");
        Put("a/z.EML", "1");
        Put("a/notes.txt", "no");
        Put("c.eml", "3");

        Assert.Equal(["1", "2", "3"], Read(_root.Path));
    }

    [Fact]
    public void A_folder_with_a_link_to_itself_is_read_once()
    {
        Put("folder/a.eml", "1");
        Directory.CreateSymbolicLink(_root["folder/loop"], _root["folder"]);

        Assert.Single(Read(_root["folder"]));
    }

    [Fact]
    public void A_Maildir_gives_read_and_new_messages_and_those_of_its_folders()
    {
        Put("mail/cur/1700000000.1.host:2,S", "1");
        Put("mail/new/1700000001.2.host", "2");
        Put("mail/tmp/1700000002.3.host", "unfinished");
        Put("mail/.Sent/cur/1700000003.4.host:2,RS", "3");
        Put("mail/cur/1700000004.5.host:2,ST", "trashed");
        Put("mail/cur/1700000005.6.host:2,D", "a draft");
        Put("mail/cur/.hidden", "no message");
        Put("mail/dovecot.index", "no message");

        Assert.Equal(["1", "2", "3"], Read(_root["mail"]));
    }

    [Fact]
    public void A_single_file_that_begins_with_a_separator_line_is_one_message_when_it_is_named_eml()
    {
        string text = "From a@b Sat Jan  3 01:05:34 1996\nSubject: 1\n\n\nFrom a@b Sat Jan  3 01:05:34 1996\n\n";
        Put("one.eml", text);
        Put("two", text);

        Assert.Single(Read(_root["one.eml"]));
        Assert.Equal(2, Read(_root["two"]).Count);
    }

    [Fact]
    public void A_path_with_nothing_there_says_so() =>
        Assert.Throws<SpoolException>(() => MessageSource.Open(_root["missing"], MboxQuoting.Auto));

    private void Put(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[name])!);
        File.WriteAllText(_root[name], text);
    }

    private static List<string> Read(string path)
    {
        var source = MessageSource.Open(path, MboxQuoting.Auto);
        var messages = new List<string>();
        foreach (var message in source.Read())
        {
            using var reader = new StreamReader(message.Open());
            messages.Add(reader.ReadToEnd());
        }

        return messages;
    }
}
