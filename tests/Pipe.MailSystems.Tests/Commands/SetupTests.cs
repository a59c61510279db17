using Pipe.Commands.Setup;
using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Commands;

public sealed class SetupTests
{
    private static string Samples => Path.Combine(LabPackages.RepositoryRoot, "samples", "mta");

    public static TheoryData<string> Systems => new(Recipe.All().Select(recipe => recipe.Key));

    [Theory]
    [MemberData(nameof(Systems))]
    public void The_sample_is_what_the_recipe_says_with_placeholders(string system) =>
        Assert.Equal(
            File.ReadAllText(Path.Combine(Samples, system + ".txt")),
            Recipe.Fill(system, "support@example.test", "/opt/pipe/pipe", "/home/account"));

    [Fact]
    public void There_is_a_sample_for_each_recipe_and_no_other() =>
        Assert.Equal(
            Recipe.All().Select(recipe => recipe.Key + ".txt").Order(StringComparer.Ordinal),
            Directory.GetFiles(Samples).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Systems))]
    public void Setup_prints_the_recipe_with_the_real_path_of_the_executable(string system)
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();

        var result = place.RunProgram(place.Executable, "", new Dictionary<string, string> { ["HOME"] = "/home/account" }, "setup", system);

        Assert.Equal(0, result.ExitCode);
        string sample = File.ReadAllText(Path.Combine(Samples, system + ".txt"));
        Assert.Equal(sample.Replace("/opt/pipe", place.Folder, StringComparison.Ordinal), result.Output);
        Assert.Contains(place.Executable, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postfx", "did you mean postfix?")]
    [InlineData("postfix", "no address", "no address")]
    [InlineData("exim", "is no address", "a\"b@acme.test")]     // would have to be quoted in an alias file
    [InlineData("exim", "is no address", "a@acme.test\nx")]
    public void Setup_says_what_it_cannot_print_and_ends_with_64(string system, string reason, string address = "support@acme.test")
    {
        if (LabPackages.WhyNot(null) is { } missing)
            Assert.Skip(missing);
        using var place = new Workplace();

        var result = place.Run("setup", system, address);

        Assert.Equal(64, result.ExitCode);
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Setup_refuses_a_path_that_mail_systems_would_split()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        string folder = Directory.CreateDirectory(Path.Combine(place.Folder, "my programs")).FullName;
        Workplace.CopyExecutable(Path.Combine(folder, "pipe"));

        var result = place.RunProgram(Path.Combine(folder, "pipe"), "", null, "setup", "exim");

        Assert.Equal(64, result.ExitCode);
        Assert.Contains("split commands", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Setup_without_a_system_lists_them_all()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();

        string list = place.Run("setup").Text;

        foreach (var (name, title) in Recipe.All())
            Assert.Contains($"  {name,-16}{title}\n", list, StringComparison.Ordinal);
        Assert.Contains("takeover", list, StringComparison.Ordinal);
    }
}
