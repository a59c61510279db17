using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Commands;

public sealed class DoctorTests
{
    private const string Message = "From: Carla <carla@customer.test>\nTo: support@acme.test\nSubject: hello\nMessage-ID: <m1@customer.test>\n\nHello.\n";

    [Fact]
    public void Doctor_finds_nothing_wrong_with_a_healthy_set_up_and_leaves_no_trace()
    {
        using var place = Healthy();
        string tickets = place.Run("tickets").Text;

        var result = place.Run("doctor", "--as", "nobody");

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("PROBLEM", result.Output, StringComparison.Ordinal);
        Assert.Contains("a row was written and undone", result.Output, StringComparison.Ordinal);
        Assert.Contains("mailboxes: support@acme.test", result.Output, StringComparison.Ordinal);
        Assert.Contains("prints nothing, with its output open, closed and full", result.Output, StringComparison.Ordinal);
        Assert.Equal(tickets, place.Run("tickets").Text);
    }

    [Fact]
    public void An_unknown_key_in_the_configuration_is_named_with_the_one_that_was_meant()
    {
        using var place = Healthy();
        place.Configure(File.ReadAllText(place.Configuration).Replace("\"store\"", "\"stroe\"", StringComparison.Ordinal));

        AssertProblem(place, "configuration", "unknown key \"stroe\"", $"in {place.Configuration}: \"store\" instead of \"stroe\"");
    }

    [Fact]
    public void A_configuration_that_the_account_may_not_read_is_named_with_the_command_that_allows_it()
    {
        using var place = Healthy();
        File.SetUnixFileMode(place.Configuration, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        AssertProblem(place, "configuration", "cannot be read", $"chgrp nobody {place.Configuration} && chmod g+r {place.Configuration}");
    }

    [Fact]
    public void A_folder_of_the_store_that_the_account_may_not_write_is_named_with_its_owner_to_be()
    {
        using var place = Healthy();
        Shell(place, "chown root data");

        AssertProblem(place, "store", $"{place.Folder}/data cannot be written by nobody", $"chown nobody {place.Folder}/data");
    }

    [Fact]
    public void A_store_that_belongs_to_somebody_else_is_named_with_its_owner_to_be()
    {
        using var place = Healthy();
        Shell(place, "chown root data/pipe.db");

        AssertProblem(place, "store", $"{place.Store} cannot be written by nobody", $"chown nobody {place.Store}*");
    }

    [Fact]
    public void Mail_that_waits_for_a_person_is_told_of_and_is_no_problem()
    {
        using var place = Healthy();
        Shell(place, "mkdir -p data/quarantine && printf 'Subject: x\\n\\n' >data/quarantine/one.eml; chown -R nobody data");

        var result = place.Run("doctor", "--as", "nobody");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"1 message waits in {place.Folder}/data/quarantine for somebody to look at", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_store_is_named()
    {
        using var place = Healthy();
        Shell(place, "head -c 8192 /dev/urandom > data/pipe.db; rm -f data/pipe.db-*");

        AssertProblem(place, "store", "not a database", null);
    }

    [Fact]
    public void A_log_file_that_the_account_may_not_write_is_named()
    {
        using var place = Healthy();
        Shell(place, "touch data/pipe.log; chown root data/pipe.log; chmod 0600 data/pipe.log");

        AssertProblem(place, "log", $"{place.LogFile} cannot be written by nobody", $"chown nobody {place.LogFile}");
    }

    [Fact]
    public void A_temporary_folder_that_is_not_there_is_named_with_the_command_that_makes_it()
    {
        using var place = Healthy();
        Set(place, "temporaryFolder", "/var/tmp/not-there");

        AssertProblem(place, "temporary folder", "/var/tmp/not-there does not exist", "install -d -o nobody -m 0750 /var/tmp/not-there");
    }

    [Fact]
    public void A_folder_on_the_way_to_the_executable_that_the_account_may_not_enter_is_named()
    {
        using var place = Healthy();
        File.SetUnixFileMode(place.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        AssertProblem(place, "call", $"nobody cannot start {place.Executable}", $"chmod o+x {place.Folder}");
    }

    [Fact]
    public void An_executable_that_everybody_may_replace_is_named()
    {
        using var place = Healthy();
        File.SetUnixFileMode(place.Executable, (UnixFileMode)0b111_101_111);

        AssertProblem(place, "executable", "can be written by everybody", $"chmod o-w {place.Executable}");
    }

    [Fact]
    public void An_osTicket_folder_without_configuration_is_named()
    {
        using var place = Healthy();
        place.Configure($$"""{ "osticket": "{{place.Folder}}/desk", "log": "none", "quarantine": "{{place.Folder}}/data/q" }""");

        AssertProblem(place, "store", $"{place.Folder}/desk", "\"osticket\": \"the folder that holds include/ost-config.php\"");
    }

    [Fact]
    public void A_full_disk_is_named()
    {
        using var place = Healthy();
        Shell(place, "mkdir small && mount -t tmpfs -o size=64k tmpfs small && chmod 1777 small");
        try
        {
            Set(place, "temporaryFolder", place.Folder + "/small");

            AssertProblem(place, "temporary folder", "has only 64 KiB of free space", "df -h");
        }
        finally
        {
            Shell(place, "umount small");
        }
    }

    [Fact]
    public void A_key_file_that_is_not_there_is_named()
    {
        using var place = Healthy();
        place.Configure($$"""{ "url": "http://127.0.0.1:1/api/tickets.email", "keyFile": "{{place.Folder}}/no-key", "log": "none", "quarantine": "{{place.Folder}}/data/q" }""");

        AssertProblem(place, "api", "no-key", $"install -o nobody -m 0400 /dev/stdin {place.Folder}/no-key");
    }

    [Fact]
    public void An_API_that_is_down_is_named()
    {
        using var place = Healthy();
        UseApi(place, "http://127.0.0.1:1/api/tickets.email");

        AssertProblem(place, "api", "refused", "curl -i -X POST http://127.0.0.1:1/api/tickets.email");
    }

    [Theory]
    [InlineData(401, "Valid API key required", "401", "a key for the address 127.0.0.1")]
    [InlineData(404, "", "404", "\"url\": \"http://127.0.0.1:")]
    [InlineData(301, "", "301", "\"url\": \"https://127.0.0.1:")]
    [InlineData(200, "<html>Welcome</html>", "200", "curl -i -X POST")]
    [InlineData(201, "123456", "accepted a message that names no sender", "look at what answers there")]
    public void An_API_that_answers_wrongly_is_named(int status, string body, string problem, string remedy)
    {
        using var place = Healthy();
        using var server = Answer(status, body, out string url);
        UseApi(place, url);

        AssertProblem(place, "api", problem, remedy);
    }

    [Fact]
    public void An_API_that_takes_the_key_is_healthy_and_told_apart_from_a_ticket()
    {
        using var place = Healthy();
        using var server = Answer(500, "Unable to create new ticket :user\nIncomplete client information\n", out string url);
        UseApi(place, url);

        var result = place.Run("doctor", "--as", "nobody");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("takes our key; our address there is 127.0.0.1", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(":0\n| PIPE", "does not wait for the exit code")]
    [InlineData(":0 w\n| PIPE", "after a failure procmail goes on to the mailbox")]
    [InlineData(":0 wc:\n| PIPE\n:0\n/dev/null", "after a failure procmail goes on to the mailbox")]
    public void A_procmail_recipe_that_loses_mail_is_named_with_the_one_that_does_not(string recipe, string problem)
    {
        using var place = Healthy();
        using var home = new Home(place, ".procmailrc", recipe.Replace("PIPE", place.Executable, StringComparison.Ordinal));

        AssertProblem(place, "mail system", problem, $"| {place.Executable}\nEXITCODE=75\nHOST", home.Environment);
    }

    [Theory]
    [InlineData("|/usr/bin/php -q PIPE", "php cannot run this program", "|PIPE")]
    [InlineData("|/nowhere/pipe", "/nowhere/pipe is not there", "|PIPE")]
    public void A_forwarder_that_cannot_work_is_named_with_the_line_that_does(string line, string problem, string remedy)
    {
        using var place = Healthy();
        using var home = new Home(place, ".forward", $"\"{line.Replace("PIPE", place.Executable, StringComparison.Ordinal)}\"\n");

        AssertProblem(place, "mail system", problem, remedy.Replace("PIPE", place.Executable, StringComparison.Ordinal), home.Environment);
    }

    [Fact]
    public void Findings_come_as_JSON_too()
    {
        using var place = Healthy();
        Shell(place, "chown root data");

        var result = place.Run("doctor", "--json", "--as", "nobody");

        Assert.Equal(1, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        Assert.False(json.RootElement.GetProperty("healthy").GetBoolean());
        Assert.Contains(json.RootElement.GetProperty("findings").EnumerateArray(), finding =>
            finding.GetProperty("severity").GetString() == "problem" && finding.GetProperty("area").GetString() == "store");
    }

    private static Workplace Healthy()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        var place = new Workplace();
        Assert.Equal(0, place.Pipe(Message).ExitCode);
        Shell(place, "chown -R nobody data");
        return place;
    }

    private static void AssertProblem(
        Workplace place, string area, string text, string? remedy, IReadOnlyDictionary<string, string>? environment = null)
    {
        var result = place.RunProgram(place.Executable, "", environment, "doctor", "--json", "--as", "nobody");

        Assert.Equal(1, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        var problem = json.RootElement.GetProperty("findings").EnumerateArray()
            .First(finding => finding.GetProperty("severity").GetString() == "problem" && finding.GetProperty("area").GetString() == area);
        Assert.Contains(text, problem.GetProperty("text").GetString(), StringComparison.Ordinal);
        if (remedy is not null)
            Assert.Contains(remedy, problem.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    private static void Set(Workplace place, string key, string value) =>
        place.Configure(File.ReadAllText(place.Configuration).Replace("{ ", $"{{ \"{key}\": \"{value}\", ", StringComparison.Ordinal));

    private static void UseApi(Workplace place, string url)
    {
        File.WriteAllText(Path.Combine(place.Folder, "key"), "A0B1C2D3E4F5A0B1C2D3E4F5A0B1C2D3");
        Shell(place, "chown nobody key; chmod 0400 key");
        place.Configure($$"""{ "url": "{{url}}", "keyFile": "{{place.Folder}}/key", "log": "none", "quarantine": "{{place.Folder}}/data/q" }""");
    }

    private static void Shell(Workplace place, string script) => _ = place.RunProgram("/bin/sh", "", null, "-c", script).Text;

    private static WebApplication Answer(int status, string body, out string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(async context =>
        {
            context.Response.StatusCode = status;
            if (status == 301)
                context.Response.Headers.Location = "https://127.0.0.1/api/tickets.email";
            await context.Response.WriteAsync(body);
        });
        server.Start();
        url = server.Urls.First() + "/api/tickets.email";
        return server;
    }

    /// <summary>A home folder with one file in it.</summary>
    private sealed class Home : IDisposable
    {
        private readonly string _folder;

        public Home(Workplace place, string file, string content)
        {
            _folder = Directory.CreateDirectory(Path.Combine(place.Folder, "home")).FullName;
            File.WriteAllText(Path.Combine(_folder, file), content);
        }

        public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["HOME"] = _folder };

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
