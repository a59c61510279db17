using System.Buffers.Binary;
using System.Text;

namespace Pipe.Outgoing;

/// <summary>Counts the mails that one address has had within the hour, over all processes.</summary>
/// <remarks>
/// Two programs that answer each other would do so for ever if each looked like a person to the other. One small file per address and
/// class holds the times of the last mails.
/// </remarks>
internal sealed class RateGuard(string folder, TimeProvider clock)
{
    private const int EntryBytes = sizeof(long);
    private const int MaxTries = 20;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Whether one more mail may go to the address; if so it is counted.</summary>
    /// <param name="address">The recipient.</param>
    /// <param name="mailClass">The class counts for itself.</param>
    /// <param name="limit">The most within an hour; 0 for any number.</param>
    public bool TryTake(string address, MailClass mailClass, int limit)
    {
        if (limit <= 0)
            return true;

        using var file = Open(Path.Combine(folder, NameOf(address, mailClass)));

        // Who cannot count does not hold mail back: what is counted here is rarely anything but one.
        if (file is null)
            return true;

        try
        {
            return TryTake(file, limit);
        }
        catch (IOException)
        {
            return true;
        }
    }

    private bool TryTake(FileStream file, int limit)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        var recent = Recent(file, now - (long)Window.TotalSeconds, now);
        if (recent.Count >= limit)
            return false;

        recent.Add(now);
        byte[] bytes = new byte[recent.Count * EntryBytes];
        for (int i = 0; i < recent.Count; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * EntryBytes), recent[i]);
        file.Position = 0;
        file.Write(bytes);
        file.SetLength(bytes.Length);
        return true;
    }

    private static List<long> Recent(FileStream file, long after, long until)
    {
        byte[] bytes = new byte[(int)Math.Min(file.Length, 1024 * 1024) / EntryBytes * EntryBytes];
        file.ReadExactly(bytes);
        var recent = new List<long>();
        for (int i = 0; i < bytes.Length; i += EntryBytes)
        {
            long time = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(i));
            if (time > after && time <= until)
                recent.Add(time);
        }

        return recent;
    }

    private static FileStream? Open(string path)
    {
        for (int i = 0; i < MaxTries; i++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException)
            {
                // Another process counts; it takes microseconds.
                Thread.Sleep(2);
            }
            catch (UnauthorizedAccessException)
            {
                // A command that root has run has counted here before.
                return null;
            }
        }

        return null;
    }

    // Addresses may hold anything a file name may not.
    private static string NameOf(string address, MailClass mailClass)
    {
        byte[] hash = Digests.Sha256(Encoding.UTF8.GetBytes(address.ToUpperInvariant()));
        return $"{(mailClass == MailClass.Autoreply ? 'a' : 'n')}{Convert.ToHexStringLower(hash.AsSpan(0, 12))}";
    }
}
