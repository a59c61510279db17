using Pipe.MailSystems;

namespace Pipe.Configuration;

/// <summary>What the command line says.</summary>
internal sealed class GivenOptions
{
    private readonly List<KeyValuePair<Setting, string>> _values = [];
    private readonly List<string> _strays = [];

    /// <summary>The configuration file named with <c>--config</c>, or <c>null</c>.</summary>
    public string? ConfigurationFile { get; set; }

    /// <summary>The parts of the envelope given with <c>--sender</c>, <c>--recipient</c> and <c>--extension</c>.</summary>
    public EnvelopeOptions Envelope { get; private set; } = new();

    /// <summary>The settings given as options, in order.</summary>
    public IReadOnlyList<KeyValuePair<Setting, string>> Values => _values;

    /// <summary>Arguments that mean nothing here. Mail systems add some; they do not disturb a delivery.</summary>
    public IReadOnlyList<string> Strays => _strays;

    /// <summary>An option of ours that is not complete, in one sentence, or <c>null</c>.</summary>
    public string? Error { get; private set; }

    /// <summary>Sets a setting, as <c>--name value</c> on the command line does.</summary>
    public void Add(Setting setting, string text) => _values.Add(new(setting, text));

    /// <summary>Reads the arguments of a delivery.</summary>
    /// <remarks>
    /// The word after an option that takes one is its value, whatever it looks like: a recipe writes <c>--sender ${sender}</c>,
    /// and whoever sends the mail chooses what stands there.
    /// </remarks>
    public static GivenOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new GivenOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            int equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=') : -1;
            string name = equals < 0 ? argument : argument[..equals];
            var setting = KnownSettings.ByOption(name);

            if (setting is { Kind: SettingKind.Flag } && equals < 0)
            {
                options.Add(setting, "true");
            }
            else if (setting is null && !IsOwn(name))
            {
                options._strays.Add(argument);
            }
            else if (equals < 0 && i + 1 == arguments.Count)
            {
                options.Error = $"{name} needs a value";
            }
            else
            {
                options.Take(name, setting, equals < 0 ? arguments[++i] : argument[(equals + 1)..]);
            }
        }

        return options;
    }

    private static bool IsOwn(string name) =>
        name is "--config" or "--sender" or "--recipient" or "--rcpt" or "--extension" or "--ext";

    private void Take(string name, Setting? setting, string value)
    {
        if (setting is not null)
            Add(setting, value);
        else if (name == "--config")
            ConfigurationFile = value;
        else if (name == "--sender")
            Envelope = Envelope with { Sender = value };
        else if (name is "--recipient" or "--rcpt")
            Envelope = Envelope with { Recipient = value };
        else
            Envelope = Envelope with { Extension = value };
    }
}
