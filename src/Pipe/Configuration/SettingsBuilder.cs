namespace Pipe.Configuration;

/// <summary>Collects values from all sources; the one with the highest rank wins. Nothing here throws: what is wrong is noted.</summary>
internal sealed class SettingsBuilder
{
    private readonly SettingValue[] _values = new SettingValue[KnownSettings.All.Count];
    private readonly List<string> _errors = [];

    public SettingsBuilder()
    {
        for (int i = 0; i < _values.Length; i++)
            _values[i] = new SettingValue(DefaultOf(KnownSettings.All[i]), SettingRank.Default, "default");
    }

    /// <summary>Notes something that is wrong; the mail then waits until the administrator has mended it.</summary>
    public void AddError(string sentence) => _errors.Add(sentence);

    /// <summary>Takes a value, unless one of a higher rank is there.</summary>
    /// <param name="setting">What the value is for.</param>
    /// <param name="text">The value as given.</param>
    /// <param name="rank">Who gives it.</param>
    /// <param name="source">The same in words.</param>
    /// <param name="baseFolder">What a relative path is relative to.</param>
    public void Add(Setting setting, string text, SettingRank rank, string source, string baseFolder)
    {
        ref var current = ref _values[IndexOf(setting)];
        if (rank < current.Rank)
            return;

        // An empty value stands for the built-in one.
        if (text.Length == 0)
            current = new SettingValue(DefaultOf(setting), rank, source);
        else if (SettingParser.Parse(setting, text, baseFolder, out string value) is not { } error)
            current = new SettingValue(value, rank, source);
        else
            AddError($"{source}: {setting.Key} {error}" + (MayHoldSecret(setting, text) ? "" : $" ({text})"));
    }

    /// <summary>Decides which destination is meant and returns the result.</summary>
    public Settings Build()
    {
        KeepOneDestination();
        return new Settings(_values, _errors);
    }

    private static bool MayHoldSecret(Setting setting, string text) =>
        setting.IsSecret || (setting.Kind == SettingKind.Url && text.Contains('@', StringComparison.Ordinal));

    private static string DefaultOf(Setting setting)
    {
        string value = "";
        if (setting.Default.Length > 0)
            _ = SettingParser.Parse(setting, setting.Default, "/", out value);
        return value;
    }

    private static int IndexOf(Setting setting)
    {
        for (int i = 0; i < KnownSettings.All.Count; i++)
        {
            if (ReferenceEquals(KnownSettings.All[i], setting))
                return i;
        }

        throw new ArgumentException(setting.Key, nameof(setting));
    }

    // --url on the command line overrules "store" in the file; two in the same place contradict each other.
    private void KeepOneDestination()
    {
        int chosen = -1;
        for (int i = 0; i < _values.Length; i++)
        {
            if (!KnownSettings.All[i].IsDestination || _values[i].Text.Length == 0)
                continue;

            if (chosen < 0 || _values[i].Rank > _values[chosen].Rank)
                chosen = i;
            else if (_values[i].Rank == _values[chosen].Rank)
                AddError($"{_values[i].Source}: {KnownSettings.All[chosen].Key} and {KnownSettings.All[i].Key} both say where mail goes; keep one");
        }

        for (int i = 0; i < _values.Length; i++)
        {
            if (KnownSettings.All[i].IsDestination && i != chosen && chosen >= 0 && _values[i].Text.Length > 0)
                _values[i] = new SettingValue("", _values[chosen].Rank, _values[chosen].Source);
        }
    }
}
