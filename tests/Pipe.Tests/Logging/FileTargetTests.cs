using Pipe.Logging;
using Serilog.Events;

namespace Pipe.Tests.Logging;

public sealed class FileTargetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipe-log").FullName;

    private string LogFile => Path.Combine(_folder, "deep", "pipe.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TryWrite_makes_the_folder_and_appends()
    {
        Assert.True(Write("one", maxBytes: 0, keep: 0));
        Assert.True(Write("two", maxBytes: 0, keep: 0));

        Assert.Equal(["{one}", "{two}"], File.ReadAllLines(LogFile));
    }

    [Fact]
    public void TryWrite_sets_the_file_aside_and_keeps_so_many()
    {
        for (int i = 1; i <= 5; i++)
            Assert.True(Write(new string((char)('0' + i), 20), maxBytes: 10, keep: 2));

        Assert.Equal(["pipe.log", "pipe.log.1", "pipe.log.2"], Files());
        Assert.Contains("5555", File.ReadAllText(LogFile), StringComparison.Ordinal);
        Assert.Contains("4444", File.ReadAllText(LogFile + ".1"), StringComparison.Ordinal);
        Assert.Contains("3333", File.ReadAllText(LogFile + ".2"), StringComparison.Ordinal);
    }

    [Fact]
    public void TryWrite_keeps_none_where_none_is_wanted()
    {
        for (int i = 0; i < 3; i++)
            Assert.True(Write("a line that is longer than the limit", maxBytes: 10, keep: 0));

        Assert.Equal(["pipe.log"], Files());
        Assert.Single(File.ReadAllLines(LogFile));
    }

    [Fact]
    public void TryWrite_says_so_when_there_is_no_way()
    {
        Assert.False(new FileTarget(() => "/proc/nonexistent/pipe.log", isJson: true, 0, 0).TryWrite(LogEventLevel.Error, DateTimeOffset.UnixEpoch, "x"));
        Assert.False(new FileTarget(() => null, isJson: true, 0, 0).TryWrite(LogEventLevel.Error, DateTimeOffset.UnixEpoch, "x"));
    }

    [Fact]
    public void TryWrite_makes_a_file_that_nobody_else_may_read()
    {
        Assert.True(Write("one", maxBytes: 0, keep: 0));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LogFile));
    }

    [Fact]
    public void TryWrite_does_not_wait_for_a_reader_of_a_named_pipe()
    {
        string pipe = Path.Combine(_folder, "pipe");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            mkfifo.WaitForExit();

        Assert.False(new FileTarget(() => pipe, isJson: true, 0, 0).TryWrite(LogEventLevel.Error, DateTimeOffset.UnixEpoch, "x"));
    }

    [Fact]
    public void TryWrite_from_many_at_once_mixes_no_lines()
    {
        Parallel.For(0, 200, i => Write(new string((char)('a' + i % 26), 500), maxBytes: 20_000, keep: 100));

        string[] lines = [.. Directory.GetFiles(Path.GetDirectoryName(LogFile)!).SelectMany(File.ReadAllLines)];
        Assert.Equal(200, lines.Length);
        Assert.All(lines, line => Assert.Equal("{" + new string(line[1], 500) + "}", line));
    }

    private bool Write(string line, long maxBytes, int keep) =>
        new FileTarget(() => LogFile, isJson: true, maxBytes, keep).TryWrite(LogEventLevel.Information, DateTimeOffset.UnixEpoch, "{" + line + "}");

    private string[] Files() => [.. Directory.GetFiles(Path.GetDirectoryName(LogFile)!).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
