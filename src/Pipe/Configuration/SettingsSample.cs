using System.Globalization;

namespace Pipe.Configuration;

/// <summary>Writes a configuration file that explains every setting and changes none.</summary>
internal static class SettingsSample
{
    private const int MaxLineCharacters = 110;

    public static void Write(TextWriter output)
    {
        output.WriteLine("// All settings of pipe with their built-in values. Comments are allowed, and a comma after the last line.");
        output.WriteLine("// Where there is no built-in value, or it depends on the machine, an example stands in a comment.");
        output.WriteLine("// Each key is also an environment variable (keyFile: PIPE_KEY_FILE) and, but for secrets, an option");
        output.WriteLine("// (--key-file). `pipe config` shows what is in force and who says so.");
        output.WriteLine('{');
        for (int i = 0; i < KnownSettings.All.Count; i++)
        {
            if (i > 0)
                output.WriteLine();
            Write(KnownSettings.All[i], output);
        }

        output.WriteLine('}');
    }

    private static void Write(Setting setting, TextWriter output)
    {
        WriteComment(setting.Summary, output);
        if (setting.Kind == SettingKind.Choice)
            WriteComment("One of: " + string.Join(", ", setting.Choices) + ".", output);
        else if (setting.Kind == SettingKind.Choices)
            WriteComment("Any of, separated by commas: " + string.Join(", ", setting.Choices) + ".", output);
        else if (setting.Maximum != long.MaxValue)
            WriteComment(string.Create(CultureInfo.InvariantCulture, $"From {setting.Minimum} to {setting.Maximum}."), output);

        bool isQuoted = setting.Kind is not (SettingKind.Seconds or SettingKind.Number or SettingKind.Flag);
        string value = setting.Default.Length > 0 ? setting.Default : setting.Example;
        string line = isQuoted ? $"\"{setting.Key}\": \"{value}\"," : $"\"{setting.Key}\": {value},";
        output.WriteLine(setting.Default.Length > 0 ? "  " + line : "  // " + line);
    }

    private static void WriteComment(string text, TextWriter output)
    {
        int start = 0;
        while (text.Length - start > MaxLineCharacters)
        {
            int end = text.LastIndexOf(' ', start + MaxLineCharacters, MaxLineCharacters);
            output.WriteLine($"  // {text[start..end]}");
            start = end + 1;
        }

        output.WriteLine($"  // {text[start..]}");
    }
}
