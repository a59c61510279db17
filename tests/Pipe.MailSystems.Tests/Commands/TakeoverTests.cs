using Pipe.MailSystems.Tests.Laboratory;
using Pipe.Testing;

namespace Pipe.MailSystems.Tests.Commands;

public sealed class TakeoverTests
{
    private const string Original = "#!/usr/bin/php -q\n<?php /* osTicket's own */\n";

    private const string Message = "From: Carla <carla@customer.test>\nTo: support@acme.test\nSubject: hello\nMessage-ID: <m1@customer.test>\n\nHello.\n";

    [Fact]
    public void Takeover_changes_nothing_while_the_database_cannot_be_reached()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        string desk = Install(place, "127.0.0.1:1", "nobody", "wrong", "osticket");

        var result = place.Run("setup", "takeover", desk);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nothing was changed", result.Errors, StringComparison.Ordinal);
        Assert.Equal(["pipe.php"], FilesIn(desk));
        Assert.Equal(Original, File.ReadAllText(Path.Combine(desk, "api", "pipe.php")));
    }

    [Fact]
    public void Takeover_keeps_the_forwarders_working_and_undo_puts_the_old_file_back()
    {
        if ((LabPackages.WhyNot(null) ?? MariaDbServer.SkipReason) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        string desk = InstallWithDatabase(place, out var query);
        string script = Path.Combine(desk, "api", "pipe.php");

        string done = place.Run("setup", "takeover", desk).Text;

        Assert.Contains(script, done, StringComparison.Ordinal);
        Assert.Equal(["pipe", "pipe-in", "pipe.php", "pipe.php.orig"], FilesIn(desk));
        Assert.Equal(Original, File.ReadAllText(Path.Combine(desk, "api", "pipe.php.orig")));

        // As a forwarder to the file itself, and once more; through PHP in the laboratory.
        AssertSilent(0, place.RunProgram(script, Message, null));
        AssertSilent(0, place.RunProgram(script, Message.Replace("m1@", "m2@", StringComparison.Ordinal), null));
        AssertSilent(0, place.RunProgram(script, Message, null));
        Assert.Equal("2", query("SELECT COUNT(*) FROM ost_ticket"));

        // The questions that a person may ask about it are answered from the same database, and leave it as it is.
        Assert.Contains("a new ticket", place.Pipe(Message.Replace("m1@", "m9@", StringComparison.Ordinal), "explain", "-", "--osticket", desk).Text, StringComparison.Ordinal);
        Assert.Contains("is there already, on ticket", place.Pipe(Message, "explain", "-", "--osticket", desk).Text, StringComparison.Ordinal);
        Assert.Contains("(message)  Carla  <m2@customer.test>", place.Run("why", "m2@customer.test", "--osticket", desk).Text, StringComparison.Ordinal);
        Assert.Contains("the database's clock and this machine's agree", place.Run("doctor", "--osticket", desk, "--as", "root").Output, StringComparison.Ordinal);
        Assert.Equal("2", query("SELECT COUNT(*) FROM ost_ticket"));
        Assert.Equal("0", query("SELECT COUNT(*) FROM ost_config WHERE namespace = 'pipe.probe'"));

        Assert.Contains("already", place.Run("setup", "takeover", desk).Text, StringComparison.Ordinal);

        _ = place.Run("setup", "takeover", desk, "--undo").Text;
        Assert.Equal(["pipe.php"], FilesIn(desk));
        Assert.Equal(Original, File.ReadAllText(script));
    }

    [Fact]
    public void The_executable_itself_in_the_place_of_pipe_php_serves_that_installation()
    {
        if ((LabPackages.WhyNot(null) ?? MariaDbServer.SkipReason) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        string desk = InstallWithDatabase(place, out var query);
        string script = Path.Combine(desk, "api", "pipe.php");
        Workplace.CopyExecutable(script);

        AssertSilent(0, place.RunProgram(script, Message, null));
        AssertSilent(0, place.RunProgram(script, Message, null));
        AssertSilent(75, place.RunProgram(script, "", null));

        Assert.Equal("1", query("SELECT COUNT(*) FROM ost_ticket"));
        Assert.Equal("carla@customer.test", query("SELECT address FROM ost_user_email WHERE address LIKE '%customer%'"));
    }

    [Theory]
    [InlineData("api/pipe.php")]
    [InlineData("include/ost-config.php")]
    public void Takeover_wants_an_osTicket_installation(string missing)
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        string desk = Install(place, "127.0.0.1:1", "nobody", "wrong", "osticket");
        File.Delete(Path.Combine(desk, missing));

        var result = place.Run("setup", "takeover", desk);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is no osTicket installation", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Undo_without_a_takeover_says_so()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        string desk = Install(place, "127.0.0.1:1", "nobody", "wrong", "osticket");

        var result = place.Run("setup", "takeover", desk, "--undo");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(Original, File.ReadAllText(Path.Combine(desk, "api", "pipe.php")));
    }

    private static string InstallWithDatabase(Workplace place, out Func<string, string> query)
    {
        string desk = Install(place, "", "", "", "");
        var installation = OsTicketInstallation.Create(MariaDbServer.Shared, desk);
        query = sql => installation.Execute(sql).Trim();
        return desk;
    }

    private static void AssertSilent(int exitCode, ShellResult result)
    {
        Assert.Equal((exitCode, "", ""), (result.ExitCode, result.Output, result.Errors));
    }

    private static string Install(Workplace place, string host, string user, string password, string database)
    {
        string desk = Path.Combine(place.Folder, "desk");
        Directory.CreateDirectory(Path.Combine(desk, "api"));
        Directory.CreateDirectory(Path.Combine(desk, "include"));
        string script = Path.Combine(desk, "api", "pipe.php");
        File.WriteAllText(script, Original);
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        File.WriteAllText(Path.Combine(desk, "include", "ost-config.php"), $"""
            <?php
            define('OSTINSTALLED',TRUE);
            define('SECRET_SALT','0123456789abcdef0123456789abcdef');
            define('ADMIN_EMAIL','admin@acme.test');
            define('DBTYPE','mysql');
            define('DBHOST','{host}');
            define('DBNAME','{database}');
            define('DBUSER','{user}');
            define('DBPASS','{password}');
            define('TABLE_PREFIX','ost_');
            """);
        return desk;
    }

    private static IEnumerable<string?> FilesIn(string desk) =>
        Directory.GetFiles(Path.Combine(desk, "api")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
