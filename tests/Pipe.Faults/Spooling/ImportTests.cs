using System.Globalization;
using System.Text;
using Pipe.Faults.Desks;

namespace Pipe.Faults.Spooling;

/// <summary><c>pipe import</c> with the published executable.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly PipeBox _box = new();
    private readonly SqliteDesk _desk;

    public ImportTests()
    {
        _desk = new SqliteDesk(Path.Combine(_box.Folder, "pipe.db"));
        _desk.Configure(_box.Environment);
    }

    public void Dispose()
    {
        _desk.Dispose();
        _box.Dispose();
    }

    [Fact]
    public void A_folder_is_delivered_once_however_often_it_is_imported()
    {
        string folder = WriteFolder(20);
        Assert.Equal((0, "20 messages\n       20 new tickets\n"), _box.Command("import", folder));
        Assert.Equal((0, "20 messages\n       20 there already\n"), _box.Command("import", folder));
        _desk.AssertHolds(Mails(20), 20);
    }

    [Fact]
    public void An_mbox_is_delivered_message_by_message_with_its_replies()
    {
        var first = TestMail.Create("first", sender: "a@customer.test");
        var reply = TestMail.Create("reply", first.MessageId, [300_000], "a@customer.test");
        var mbox = new StringBuilder();
        foreach (var mail in (TestMail[])[first, reply])
            mbox.Append("From a@customer.test Sat Jan  3 01:05:34 1996\r\n").Append(Encoding.ASCII.GetString(mail.Bytes)).Append("\r\n");
        string file = Path.Combine(_box.Folder, "archive");
        File.WriteAllText(file, mbox.ToString());

        Assert.Equal((0, "2 messages\n        1 new tickets\n        1 replies and notes\n"), _box.Command("import", file));
        Assert.Equal((0, "2 messages\n        2 there already\n"), _box.Command("import", file));
        _desk.AssertHolds([first, reply], 1);
    }

    [Fact]
    public void A_Maildir_is_delivered()
    {
        string folder = Path.Combine(_box.Folder, "Maildir");
        foreach (string part in (string[])["cur", "new", "tmp"])
            Directory.CreateDirectory(Path.Combine(folder, part));
        for (int i = 0; i < 4; i++)
            File.WriteAllBytes(Path.Combine(folder, i % 2 == 0 ? "new" : "cur", $"{i}.host" + (i % 2 == 0 ? "" : ":2,S")), Mail(i).Bytes);

        Assert.Equal(0, _box.Command("import", folder).ExitCode);
        _desk.AssertHolds(Mails(4), 4);
    }

    [Fact]
    public void Killed_again_and_again_it_goes_on_where_it_was_and_delivers_each_message_once()
    {
        int count = Amounts.Of(200, 2000);
        string folder = WriteFolder(count);
        var random = new Random(7);
        int kills = 0, exitCode;
        do
        {
            var process = _box.Start(null, "/dev/null", Path.Combine(_box.Folder, "import.out"), "import", folder);
            Thread.Sleep(random.Next(20, 250));
            if (kills < 12)
                process.Kill();
            exitCode = process.Wait().ExitCode;
            kills++;
        }
        while (exitCode != 0);

        Assert.True(kills > 1);
        _desk.AssertHolds(Mails(count), count);
        Assert.Empty(Directory.GetFiles(Path.Combine(_box.DataFolder, "import")));
    }

    [Fact]
    public void A_path_with_nothing_there_is_a_failure_with_a_sentence()
    {
        var (exitCode, text) = _box.Command("import", Path.Combine(_box.Folder, "missing"));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("pipe: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    private static TestMail Mail(int number) => TestMail.Create(string.Create(CultureInfo.InvariantCulture, $"imported-{number}"));

    private static List<TestMail> Mails(int count) => [.. Enumerable.Range(0, count).Select(Mail)];

    private string WriteFolder(int count)
    {
        string folder = Path.Combine(_box.Folder, "mail");
        Directory.CreateDirectory(folder);
        for (int i = 0; i < count; i++)
            File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i:0000}.eml")), Mail(i).Bytes);
        return folder;
    }
}
