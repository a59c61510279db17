using System.Runtime.Versioning;
using System.Text;

namespace Pipe.Spool.Tests;

public sealed class MessageFolderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _root = new();
    private readonly MessageFolder _folder;

    public MessageFolderTests() => _folder = new MessageFolder(_root["spool"]);

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Keep_writes_every_byte_with_its_envelope_and_reason()
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes("From joe@example.test Mon Jan  1 00:00:00 2024\r\nSubject: x\r\n\r\n"), 0, 255, 13, 10, 10];
        var envelope = new Envelope("joe@example.test", "help@example.test", "42", "exim", "1abc-2", "desk@example.test");

        KeptMessage kept;
        using (var message = Messages.Raw(bytes))
            kept = _folder.Keep(message, new MessageRecord { Envelope = envelope, Reason = "the store\nis down", Arrived = Now });

        var found = _folder.Find(Assert.Single(_folder.Ids()))!;
        Assert.Equal(kept, found);
        Assert.Equal(envelope, found.Record.Envelope);
        Assert.Equal("the store\nis down", found.Record.Reason);
        Assert.Equal(bytes, File.ReadAllBytes(found.Path));
        Assert.Equal(bytes.Length, found.Length);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Keep_lets_only_the_owner_read()
    {
        using var message = Messages.Raw("x");
        var kept = _folder.Keep(message, new MessageRecord { Arrived = Now });

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
    }

    [Fact]
    public void Keep_leaves_no_unfinished_file_behind()
    {
        using var message = Messages.Raw(new byte[300_000]);
        _folder.Keep(message, new MessageRecord { Arrived = Now });

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder.Path, "tmp")));
    }

    [Fact]
    public void Keep_of_the_same_message_for_the_same_recipient_keeps_it_once()
    {
        KeptMessage first = KeepFor("a@example.test", "Delivered-To: a@example.test\nSubject: x\n\nhi\n", Now);
        KeptMessage again = KeepFor("a@example.test", "Subject: x\r\n\r\nhi\r\n\r\n", Now.AddMinutes(5));

        Assert.Equal(first, again);
        Assert.Single(_folder.Ids());
    }

    [Fact]
    public void Keep_of_the_same_message_for_another_recipient_keeps_both()
    {
        KeepFor("a@example.test", "Subject: x\n\nhi\n", Now);
        KeepFor("b@example.test", "Subject: x\n\nhi\n", Now);

        Assert.Equal(2, _folder.Ids().Count);
    }

    [Fact]
    public void Keep_in_a_folder_that_cannot_be_made_says_so()
    {
        File.WriteAllText(_root["file"], "");
        using var message = Messages.Raw("x");

        var error = Assert.Throws<SpoolException>(
            () => new MessageFolder(_root["file/spool"]).Keep(message, new MessageRecord { Arrived = Now }));
        Assert.Contains(_root["file/spool"], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_sorted_from_the_oldest_to_the_youngest()
    {
        var young = KeepFor("a@example.test", "Subject: 2\n\n", Now.AddDays(1));
        var old = KeepFor("a@example.test", "Subject: 1\n\n", Now);

        Assert.Equal([old.Id, young.Id], _folder.Ids());
    }

    [Fact]
    public void Ids_of_a_folder_that_was_never_used_are_none() => Assert.Empty(_folder.Ids());

    [Fact]
    public void A_message_that_a_person_puts_there_has_an_empty_record()
    {
        Directory.CreateDirectory(_folder.Path);
        File.WriteAllText(Path.Combine(_folder.Path, "by hand.eml"), "Subject: x\n\n");

        var found = _folder.Find(Assert.Single(_folder.Ids()))!;
        Assert.Equal("by hand", found.Id);
        Assert.Equal(new Envelope(), found.Record.Envelope);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("\0\0\0\0")]     // what a power cut leaves on some file systems
    [InlineData("null")]
    [InlineData("{\"envelope\":null}")]
    [InlineData("{\"envelope\":{\"caller\":null}}")]
    [InlineData("{\"reason\":null}")]
    public void A_record_that_cannot_be_read_does_not_hide_its_message(string record)
    {
        var kept = KeepFor("a@example.test", "Subject: x\n\n", Now);
        File.WriteAllText(Path.ChangeExtension(kept.Path, ".json"), record);

        var found = _folder.Find(kept.Id)!;
        Assert.Equal("", found.Record.Reason);
        Assert.Equal("unknown", found.Record.Envelope.Caller);
    }

    [Fact]
    public void A_link_is_no_message()
    {
        Directory.CreateDirectory(_folder.Path);
        File.WriteAllText(_root["private.txt"], "Subject: x\n\n");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link.eml"), _root["private.txt"]);

        Assert.Empty(_folder.Ids());
        Assert.Null(_folder.Find("link"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_named_pipe_in_the_place_of_a_message_holds_nothing_up()
    {
        Directory.CreateDirectory(_folder.Path);
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_folder.Path, "x.eml"), Path.Combine(_folder.Path, "x.json")]))
            mkfifo.WaitForExit();

        using var item = _folder.TryLock("x");
        using var content = _folder.Open(_folder.Find("x")!);

        Assert.NotNull(item);
        Assert.Equal(-1, content.ReadByte());
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("tmp/x")]
    [InlineData("a\0b")]
    public void Find_never_leads_out_of_the_folder(string id)
    {
        File.WriteAllText(_root["outside.eml"], "x");
        Directory.CreateDirectory(_folder.Path);

        Assert.Null(_folder.Find(id));
        Assert.Null(_folder.TryLock(id));
    }

    [Fact]
    public void Remove_takes_the_message_and_its_record_away()
    {
        var kept = KeepFor("a@example.test", "Subject: x\n\n", Now);
        _folder.Remove(kept);

        Assert.Null(_folder.Find(kept.Id));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void TryLock_gives_a_message_to_one_at_a_time()
    {
        var kept = KeepFor("a@example.test", "Subject: x\n\n", Now);
        using (var first = _folder.TryLock(kept.Id))
        {
            Assert.NotNull(first);
            Assert.Null(_folder.TryLock(kept.Id));
            using var reader = new StreamReader(_folder.Open(kept));
            Assert.Equal("Subject: x\n\n", reader.ReadToEnd());
        }

        using var second = _folder.TryLock(kept.Id);
        Assert.NotNull(second);
    }

    [Fact]
    public void Sweep_removes_what_a_killed_writer_left_and_nothing_else()
    {
        var kept = KeepFor("a@example.test", "Subject: x\n\n", Now);
        string unfinished = Path.Combine(_folder.Path, "tmp", "old.eml");
        string recent = Path.Combine(_folder.Path, "tmp", "recent.eml");
        string orphan = Path.Combine(_folder.Path, "20260101T000000000-0.json");
        foreach (string file in new[] { unfinished, recent, orphan })
            File.WriteAllText(file, "x");
        foreach (string file in new[] { unfinished, orphan, kept.Path, Path.ChangeExtension(kept.Path, ".json") })
            File.SetLastWriteTimeUtc(file, Now.UtcDateTime.AddDays(-3));
        File.SetLastWriteTimeUtc(recent, Now.UtcDateTime);

        _folder.Sweep(Now);

        Assert.False(File.Exists(unfinished));
        Assert.False(File.Exists(orphan));
        Assert.True(File.Exists(recent));
        Assert.Equal(kept, _folder.Find(kept.Id));
    }

    private KeptMessage KeepFor(string recipient, string mail, DateTimeOffset arrived)
    {
        using var message = Messages.Raw(mail);
        return _folder.Keep(message, new MessageRecord { Envelope = new Envelope(Recipient: recipient), Arrived = arrived });
    }
}
