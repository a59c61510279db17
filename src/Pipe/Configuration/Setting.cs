using System.Text;

namespace Pipe.Configuration;

/// <summary>One thing that can be configured. The file, the environment, the options and the documentation all follow from it.</summary>
/// <param name="Key">The key in the configuration file, in camelCase.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Default">The value when nobody gives one; empty when there is none, or when it depends on the machine.</param>
/// <param name="Summary">What it does, in one sentence.</param>
internal sealed record Setting(string Key, SettingKind Kind, string Default, string Summary)
{
    /// <summary>What a value may look like, for those without a built-in one.</summary>
    public string Example { get; init; } = "";

    /// <summary>The words allowed, for <see cref="SettingKind.Choice"/> and <see cref="SettingKind.Choices"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The smallest number allowed.</summary>
    public long Minimum { get; init; }

    /// <summary>The largest number allowed.</summary>
    public long Maximum { get; init; } = long.MaxValue;

    /// <summary>Whether the value must never be shown, and so has no command-line option: everybody may read argv.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether it names where the mail goes; then it excludes the other settings that do.</summary>
    public bool IsDestination { get; init; }

    /// <summary>The command-line option, such as "--key-file".</summary>
    public string Option => "--" + Split('-').ToLowerInvariant();

    /// <summary>The environment variable, such as "PIPE_KEY_FILE".</summary>
    public string EnvironmentVariable => "PIPE_" + Split('_').ToUpperInvariant();

    private string Split(char separator)
    {
        var text = new StringBuilder(Key.Length + 4);
        foreach (char c in Key)
        {
            if (char.IsAsciiLetterUpper(c))
                text.Append(separator);
            text.Append(c);
        }

        return text.ToString();
    }
}
