using System.Globalization;
using Pipe.Faults.Desks;

namespace Pipe.Faults.Outages;

/// <summary>The machine is not as it should be: clock, folders, descriptors, standard input and output.</summary>
public sealed class MachineOutageTests : IDisposable
{
    private static readonly TestMail Mail = TestMail.Create("mail", fileSizes: [2000]);
    private static readonly TestMail Large = TestMail.Create("large", fileSizes: [1_500_000]);
    private readonly PipeBox _box = new();
    private readonly SqliteDesk _desk;

    public MachineOutageTests()
    {
        _desk = new SqliteDesk(Path.Combine(_box.Folder, "pipe.db"));
        _desk.Configure(_box.Environment);
    }

    public void Dispose()
    {
        _desk.Dispose();
        _box.Dispose();
    }

    [Theory]
    [InlineData("1971-01-01 00:00:00")]
    [InlineData("2037-12-31 23:59:59")]
    [InlineData("2120-02-29 12:00:00")]
    public void A_wrong_clock_delivers_all_the_same(string time)
    {
        SetClock("@" + time);
        _box.DeliverDone(Mail.Bytes);
        _box.Environment.Remove("LD_PRELOAD");
        _box.DeliverDone(Mail.Bytes);
        _desk.AssertHolds([Mail], 1);
    }

    [Theory]
    [InlineData("+3600s")]
    [InlineData("-86400s")]
    public void A_clock_that_jumps_between_two_deliveries_makes_no_second_ticket(string jump)
    {
        _box.DeliverDone(Mail.Bytes);
        SetClock(jump);
        _box.DeliverDone(Mail.Bytes);
        _desk.AssertHolds([Mail], 1);
    }

    [Theory]
    [InlineData("/no/such/folder/pipe.log")]
    [InlineData("/dev/full")]
    [InlineData("/proc/version")]
    [InlineData("/")]
    public void A_log_that_cannot_be_written_makes_no_difference(string log)
    {
        _box.Environment["PIPE_LOG_FILE"] = log;
        AssertDelivers();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/no/such/home")]
    [InlineData("/dev/null")]
    public void A_home_that_is_missing_makes_no_difference(string? home)
    {
        _box.Environment.Remove("HOME");
        if (home is not null)
            _box.Environment["HOME"] = home;
        AssertDelivers();
    }

    [Fact]
    public void An_environment_that_is_empty_makes_no_difference()
    {
        _box.Environment.Clear();
        _box.DeliverDone(Mail.Bytes, "--store", _desk.StoreFile, "--log", "none");
        _desk.AssertHolds([Mail], 1);
    }

    [Fact]
    public void A_current_folder_that_is_gone_makes_no_difference()
    {
        string folder = Path.Combine(_box.Folder, "gone");
        Directory.CreateDirectory(folder);
        Assert.Equal(0, _box.DeliverThrough($"cd '{folder}'; rmdir '{folder}'; exec \"$@\"", Mail.Bytes));
        _desk.AssertHolds([Mail], 1);
    }

    [Theory]
    [InlineData("/no/such/folder")]
    [InlineData("/proc")]
    [InlineData("/dev/null")]
    public void A_temporary_folder_that_cannot_be_written_matters_to_large_mail_only(string folder)
    {
        _box.Environment["TMPDIR"] = folder;
        AssertDelivers();

        Assert.Contains(_box.Deliver(Large.Bytes), (int[])[0, 75]);
        _box.Environment.Remove("TMPDIR");
        _box.DeliverDone(Large.Bytes);
        _desk.AssertHolds([Mail, Large], 2);
    }

    [Fact]
    public void A_temporary_folder_that_is_full_makes_large_mail_wait()
    {
        using var disk = SmallDisk.Mount(Path.Combine(_box.Folder, "tmp"), 1000);
        _box.Environment["TMPDIR"] = disk.Path;
        Assert.Equal(75, _box.Deliver(Large.Bytes));
        _box.AssertLogged("outcome=deferred", "reason=");

        _box.Environment.Remove("TMPDIR");
        _box.DeliverDone(Large.Bytes);
        _desk.AssertHolds([Large], 1);
    }

    [Fact]
    public void Too_few_descriptors_end_in_0_or_75_and_in_one_ticket()
    {
        for (int limit = 4; limit < 24; limit++)     // with 3 the system cannot load any program
        {
            Assert.Contains(
                _box.DeliverThrough(string.Create(CultureInfo.InvariantCulture, $"ulimit -n {limit}; exec \"$@\""), Mail.Bytes), (int[])[0, 75]);
        }

        AssertDelivers();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(150)]
    [InlineData(200)]
    public void Little_memory_ends_in_0_or_75_and_in_one_ticket(int mebibytes)
    {
        string shell = string.Create(CultureInfo.InvariantCulture, $"ulimit -v {mebibytes * 1024}; exec \"$@\"");
        Assert.Contains(_box.DeliverThrough(shell, Mail.Bytes), (int[])[0, 75]);
        AssertDelivers();
    }

    [Theory]
    [InlineData("exec \"$@\" >&- 2>&-")]
    [InlineData("exec \"$@\" >/dev/full 2>&1")]
    [InlineData("exec \"$@\" 2>/dev/full")]
    [InlineData("exec \"$@\" >&- 2>&- 3>&- 4>&- 5>&-")]
    [InlineData("trap '' PIPE; \"$@\" | true")]
    [InlineData("mkfifo full; sleep 5 <full & exec >full; head -c 65536 /dev/zero; exec \"$@\" 2>full")]
    public void Output_that_is_closed_or_full_makes_no_difference(string shell)
    {
        Assert.Equal(0, _box.DeliverThrough(shell, Mail.Bytes));
        _desk.AssertHolds([Mail], 1);
    }

    [Fact]
    public void Standard_input_that_is_closed_is_75() => Assert.Equal(75, _box.DeliverThrough("exec \"$@\" <&-", []));

    [Theory]
    [InlineData("/")]               // a folder: reading fails
    [InlineData("/dev/null")]       // nothing comes
    [InlineData("/proc/self/mem")]  // an input error
    public void Standard_input_that_cannot_be_read_is_75(string input) => Assert.Equal(75, _box.DeliverFile(null, input));

    [Fact]
    public void Standard_input_that_is_cut_short_anywhere_ends_in_0_and_in_a_ticket()
    {
        int tickets = 0;
        for (int length = 1; length < Mail.Bytes.Length; length += Mail.Bytes.Length / Amounts.Of(25, 400))
        {
            _box.DeliverDone(Mail.Bytes[..length]);
            tickets++;
        }

        Assert.InRange(_desk.Number("SELECT COUNT(*) FROM ost_thread_entry"), 1, tickets);
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM ost_ticket t WHERE NOT EXISTS (SELECT 1 FROM ost_thread h WHERE h.object_id = t.ticket_id)"));
    }

    [Fact]
    public void Standard_input_that_dribbles_is_waited_for()
    {
        string fifo = MakeFifo();
        var writer = new Thread(() =>
        {
            using var file = new FileStream(fifo, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
            for (int at = 0; at < Mail.Bytes.Length; at += 100)
            {
                file.Write(Mail.Bytes, at, Math.Min(100, Mail.Bytes.Length - at));
                Thread.Sleep(20);
            }
        });
        writer.Start();
        Assert.Equal(0, _box.DeliverFile(null, fifo));
        writer.Join();
        _desk.AssertHolds([Mail], 1);
    }

    [Theory]
    [InlineData(0)]         // nothing, and no end
    [InlineData(500)]       // a piece, then nothing
    public void Standard_input_that_hangs_is_75_at_the_deadline(int length)
    {
        _box.Environment["PIPE_DEADLINE"] = "1";
        string fifo = MakeFifo();
        using var hung = new ManualResetEventSlim();
        var writer = new Thread(() =>
        {
            using var file = new FileStream(fifo, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
            file.Write(Mail.Bytes, 0, length);
            hung.Wait();
        });
        writer.Start();
        Assert.Equal(75, _box.DeliverFile(null, fifo));
        hung.Set();
        writer.Join();
        _box.AssertLogged("outcome=deferred");
        AssertDelivers();
    }

    [Fact]
    public void Standard_input_that_never_ends_is_75_at_the_deadline()
    {
        _box.Environment["PIPE_DEADLINE"] = "2";
        using var disk = SmallDisk.Mount(Path.Combine(_box.Folder, "tmp"), 200_000);
        _box.Environment["TMPDIR"] = disk.Path;
        Assert.Equal(75, _box.DeliverThrough("yes 'A line without end' | exec \"$@\"", []));
        _box.Environment.Remove("TMPDIR");
        AssertDelivers();
    }

    [Fact]
    public void A_spool_folder_that_is_full_makes_the_mail_wait_with_the_mail_system()
    {
        using var disk = SmallDisk.Mount(Path.Combine(_box.Folder, "spool"), 500);
        disk.Fill();
        _box.Environment["PIPE_SPOOL"] = "on";
        _box.Environment["PIPE_SPOOL_FOLDER"] = Path.Combine(disk.Path, "here");
        _box.Environment["PIPE_STORE"] = "/proc/no/such/folder/pipe.db";
        Assert.Equal(75, _box.Deliver(Mail.Bytes));
        Assert.Empty(Directory.GetFiles(disk.Path, "*.eml", SearchOption.AllDirectories));

        disk.Free();
        _box.DeliverDone(Mail.Bytes);
        Assert.Single(Directory.GetFiles(disk.Path, "*.eml", SearchOption.AllDirectories));
    }

    // The clock on the wall; the one that counts from the start of the machine does not jump.
    private void SetClock(string time)
    {
        string? library = Directory.Exists("/usr/lib")
            ? Directory.EnumerateFiles("/usr/lib", "libfaketime.so.1", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 3 }).FirstOrDefault()
            : null;
        Assert.SkipWhen(library is null, "faketime is not installed (Debian: apt-get install faketime)");
        _box.Environment["LD_PRELOAD"] = library!;
        _box.Environment["FAKETIME"] = time;
        _box.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        _box.Environment["DONT_FAKE_MONOTONIC"] = "1";
        _box.Environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";     // its own default makes every timed wait end at once
    }

    private string MakeFifo()
    {
        string path = Path.Combine(_box.Folder, _box.NextName() + ".fifo");
        Shell.Run("mkfifo", path);
        return path;
    }

    private void AssertDelivers()
    {
        _box.DeliverDone(Mail.Bytes);
        _box.DeliverDone(Mail.Bytes);
        _desk.AssertHolds([Mail], 1);
    }
}
