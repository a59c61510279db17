using Pipe.Faults.Desks;

namespace Pipe.Faults.Outages;

/// <summary>The SQLite file is not as it should be. The mail waits (75), in silence, with a reason in the log, and gets there once in the end.</summary>
public sealed class SqliteOutageTests : IDisposable
{
    private static readonly TestMail First = TestMail.Create("first");
    private static readonly TestMail Second = TestMail.Create("second", fileSizes: [50_000]);
    private readonly PipeBox _box = new();

    public SqliteOutageTests() => _box.Environment["PIPE_LOCK_TIMEOUT"] = "1";

    public void Dispose() => _box.Dispose();

    [Fact]
    public void Locked_by_another_program_the_mail_waits()
    {
        using var desk = Desk(_box.Folder);
        using (var other = desk.Open())
        {
            using var transaction = other.BeginTransaction();
            using var command = other.CreateCommand();
            command.CommandText = "UPDATE ost_config SET value = value";
            command.Transaction = transaction;
            command.ExecuteNonQuery();

            Assert.Equal(75, _box.Deliver(Second.Bytes));

            // Its lock timeout ended the wait, not the deadline.
            _box.AssertLogged("outcome=deferred", "locked");
        }

        AssertRecovers(desk);
    }

    [Fact]
    public void Locked_for_a_moment_the_mail_is_stored_at_once()
    {
        _box.Environment["PIPE_LOCK_TIMEOUT"] = "30";
        using var desk = Desk(_box.Folder);
        var release = new Thread(() =>
        {
            using var other = desk.Open();
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
            Thread.Sleep(700);
        });
        release.Start();
        Thread.Sleep(200);

        _box.DeliverDone(Second.Bytes);
        release.Join();
        desk.AssertHolds([First, Second], 2);
    }

    [Fact]
    public void On_a_read_only_disk_the_mail_waits()
    {
        using var disk = SmallDisk.Mount(Path.Combine(_box.Folder, "disk"), 20_000);
        using var desk = Desk(disk.Path);
        disk.Remount("ro");
        Assert.Equal(75, _box.Deliver(Second.Bytes));
        _box.AssertLogged("outcome=deferred", "reason=");

        disk.Remount("rw");
        AssertRecovers(desk);
    }

    [Fact]
    public void On_a_full_disk_the_mail_waits_and_the_store_stays_whole()
    {
        using var disk = SmallDisk.Mount(Path.Combine(_box.Folder, "disk"), 20_000);
        using var desk = Desk(disk.Path);
        disk.Fill();
        for (int i = 0; i < 5; i++)
            Assert.Equal(75, _box.Deliver(Second.Bytes));
        _box.AssertLogged("outcome=deferred", "reason=");

        disk.Free();
        AssertRecovers(desk);
    }

    [Fact]
    public void On_a_disk_that_fills_up_in_the_middle_the_mail_waits_and_the_store_stays_whole()
    {
        // Each size lets the delivery come a little further.
        var large = TestMail.Create("large", fileSizes: [900_000]);
        using var disk = SmallDisk.Mount(Path.Combine(_box.Folder, "disk"), 20_000);
        using var desk = Desk(disk.Path);
        int waited = 0;
        foreach (int left in (int[])[8, 40, 100, 200, 400, 700, 900])
        {
            disk.Fill();
            using (var filler = new FileStream(Path.Combine(disk.Path, "filler"), FileMode.Open))
                filler.SetLength(filler.Length - left * 1024);
            if (_box.Deliver(large.Bytes) == 75)
                waited++;
        }

        Assert.True(waited > 3);
        disk.Free();
        _box.DeliverDone(large.Bytes);
        desk.AssertHolds([First, large], 2);
    }

    [Fact]
    public void In_a_folder_that_is_gone_the_mail_waits()
    {
        _box.Environment["PIPE_STORE"] = "/proc/no/such/folder/pipe.db";
        Assert.Equal(75, _box.Deliver(Second.Bytes));
        _box.AssertLogged("outcome=deferred", "reason=");
    }

    [Theory]
    [InlineData(0, 100)]            // the header
    [InlineData(0, 1_000_000)]      // everything
    [InlineData(4096, 60_000)]      // the first tables
    public void Damaged_the_mail_waits(int start, int length)
    {
        using var desk = Desk(_box.Folder);
        Assert.Equal("0", desk.Rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]);
        foreach (string companion in (string[])["-wal", "-shm"])
            File.Delete(desk.StoreFile + companion);
        byte[] bytes = File.ReadAllBytes(desk.StoreFile);
        byte[] garbage = new byte[Math.Min(length, bytes.Length - start)];
        new Random(start + length).NextBytes(garbage);
        garbage.CopyTo(bytes, start);
        File.WriteAllBytes(desk.StoreFile, bytes);

        Assert.Equal(75, _box.Deliver(Second.Bytes));
        _box.AssertLogged("outcome=deferred", "reason=");
        Assert.Equal(bytes.Length, new FileInfo(desk.StoreFile).Length);
    }

    [Fact]
    public void That_is_no_database_the_mail_waits_and_the_file_is_left_alone()
    {
        string file = Path.Combine(_box.Folder, "letter.txt");
        string text = new('x', 5000);
        File.WriteAllText(file, text);
        _box.Environment["PIPE_STORE"] = file;

        Assert.Equal(75, _box.Deliver(Second.Bytes));
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Fact]
    public void That_may_not_be_written_the_mail_waits()
    {
        Assert.SkipUnless(Shell.IsRoot && Shell.Find("setpriv") is not null, "needs root and setpriv, to be somebody else");
        using var desk = Desk(_box.Folder);
        Shell.Run("chmod", "-R", "a+rX", _box.Folder);
        _box.Environment["PIPE_LOG_FILE"] = "/dev/null";

        Assert.Equal(75, _box.DeliverThrough("exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"", Second.Bytes));
        AssertRecovers(desk);
    }

    private void AssertRecovers(SqliteDesk desk)
    {
        _box.DeliverDone(Second.Bytes);
        _box.DeliverDone(Second.Bytes);
        desk.AssertHolds([First, Second], 2);
    }

    private SqliteDesk Desk(string folder)
    {
        var desk = new SqliteDesk(Path.Combine(folder, "pipe.db"));
        desk.Configure(_box.Environment);
        _box.DeliverDone(First.Bytes);
        return desk;
    }
}
