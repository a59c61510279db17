using System.Reflection;
using System.Text.RegularExpressions;
using Pipe.Configuration;

namespace Pipe.Tests.Configuration;

public sealed partial class SampleTests
{
    private static readonly string Sample = Path.Combine(
        typeof(SampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!,
        "samples", "pipe.json");

    // After a change of a setting: artifacts/pipe config --sample > samples/pipe.json
    [Fact]
    public void The_sample_is_what_config_prints()
    {
        var printed = new StringWriter();
        SettingsSample.Write(printed);

        Assert.Equal(printed.ToString(), File.ReadAllText(Sample));
    }

    [Fact]
    public void The_sample_documents_every_setting_and_nothing_else() =>
        Assert.Equal(
            KnownSettings.All.Select(setting => setting.Key),
            Keys().Matches(File.ReadAllText(Sample)).Select(match => match.Groups[1].Value));

    [Fact]
    public void The_sample_sets_every_setting_to_its_built_in_value()
    {
        var sources = new SettingsSources { Environment = _ => null, Executable = "/nonexistent/pipe", RealExecutable = "/nonexistent/pipe", SystemFile = Sample };

        var settings = SettingsLoader.Load(new GivenOptions(), sources);
        var defaults = new SettingsBuilder().Build();

        Assert.Empty(settings.Errors);
        Assert.All(KnownSettings.All, setting => Assert.Equal(defaults[setting].Text, settings[setting].Text));
    }

    [Fact]
    public void The_examples_in_the_sample_are_valid()
    {
        foreach (Match match in Examples().Matches(File.ReadAllText(Sample)))
        {
            var setting = KnownSettings.ByKey(match.Groups[1].Value);
            Assert.NotNull(setting);
            Assert.Null(SettingParser.Parse(setting, match.Groups[2].Value, "/", out _));
        }
    }

    [GeneratedRegex("""(?m)^  (?:// )?"(\w+)":""")]
    private static partial Regex Keys();

    [GeneratedRegex("""(?m)^  // "(\w+)": "([^"]*)",""")]
    private static partial Regex Examples();
}
