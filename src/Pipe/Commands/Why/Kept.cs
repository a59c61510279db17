using Pipe.Configuration;
using Pipe.MailSystems;
using Pipe.Spool;

namespace Pipe.Commands.Why;

/// <summary>The copies of one message that are in the spool and in the quarantine.</summary>
/// <param name="Items">The copies.</param>
/// <param name="Names">What they and their mail system call the message.</param>
/// <param name="Error">Why not everything could be looked at, or <c>null</c>.</param>
internal sealed record Kept(IReadOnlyList<ShelfItem> Items, IReadOnlyCollection<string> Names, string? Error)
{
    /// <summary>Finds them by a Message-ID, a mail system's queue id, or their own.</summary>
    public static Kept Find(Settings settings, SettingsSources sources, string id)
    {
        var items = new List<ShelfItem>();
        var names = new List<string>();
        try
        {
            foreach (var item in SpoolShelf.Open(settings, sources)?.Items() ?? [])
            {
                string[] own = [.. NamesOf(item)];
                if (!own.Contains(LogSearch.Plain(id), StringComparer.OrdinalIgnoreCase))
                    continue;
                items.Add(item);
                names.AddRange(own);
            }
        }
        catch (SpoolException ex)
        {
            return new Kept(items, names, ex.Message);
        }

        return new Kept(items, names, null);
    }

    private static IEnumerable<string> NamesOf(ShelfItem item)
    {
        yield return item.Message.Id;
        if (item.Message.Record.Envelope.QueueId is { } queueId)
            yield return queueId;
        using var stream = item.Folder.Open(item.Message);
        if (TraceHeader.Read(stream).MessageId is { } messageId)
            yield return LogSearch.Plain(messageId);
    }
}
