namespace Pipe.Configuration;

/// <summary>The value of a setting and who gave it.</summary>
/// <param name="Text">The value as text that passed the check of its kind; paths are absolute. Empty when there is none.</param>
/// <param name="Rank">Who gave it: the higher rank wins.</param>
/// <param name="Source">The same in words, such as "file /etc/pipe/pipe.json" or "option --store".</param>
internal readonly record struct SettingValue(string Text, SettingRank Rank, string Source);
