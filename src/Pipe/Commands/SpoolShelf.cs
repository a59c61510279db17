using Pipe.Configuration;
using Pipe.Deliveries;
using Pipe.Spool;

namespace Pipe.Commands;

/// <summary>All messages that are kept: the spool's, then the quarantine's.</summary>
/// <param name="Spool">The messages that wait.</param>
/// <param name="Quarantine">The messages that only a person can deal with.</param>
internal sealed record SpoolShelf(MessageFolder Spool, MessageFolder Quarantine)
{
    /// <summary>The folders that the settings name; <c>null</c> when there is no place for them.</summary>
    public static SpoolShelf? Open(Settings settings, SettingsSources sources) =>
        KeptMessages.Spool(settings, sources) is { } spool && KeptMessages.Quarantine(settings, sources) is { } quarantine
            ? new SpoolShelf(spool, quarantine)
            : null;

    /// <summary>A message by its name, or <c>null</c>.</summary>
    /// <exception cref="SpoolException">A folder cannot be read.</exception>
    public ShelfItem? Find(string id) =>
        Spool.Find(id) is { } waiting ? new ShelfItem(Spool, waiting, IsQuarantined: false)
        : Quarantine.Find(id) is { } quarantined ? new ShelfItem(Quarantine, quarantined, IsQuarantined: true)
        : null;

    /// <summary>All of them, one after the other.</summary>
    /// <exception cref="SpoolException">A folder cannot be read.</exception>
    public IEnumerable<ShelfItem> Items()
    {
        foreach (var folder in (MessageFolder[])[Spool, Quarantine])
        {
            foreach (string id in folder.Ids())
            {
                if (folder.Find(id) is { } message)
                    yield return new ShelfItem(folder, message, ReferenceEquals(folder, Quarantine));
            }
        }
    }
}
