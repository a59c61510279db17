using System.Globalization;
using System.Text;

namespace Pipe.Store.Intake;

/// <summary>A file of ticket numbers that one look has found free, for the deliveries to come.</summary>
/// <remarks>
/// osTicket's tables have no index for ticket numbers, so in a large help desk each look reads a whole table. A number from here is
/// checked against the tickets that came after the look, which the primary key finds. The file only saves time: without it, or with
/// one that is of no use any more, a delivery looks for itself.
/// </remarks>
/// <param name="file">The file; its folder is made when it is needed.</param>
internal sealed class NumberReserve(string file)
{
    /// <summary>How many numbers one look is for.</summary>
    public const int Size = 64;

    private const int MaxBytes = 8 * 1024;

    private const int HeaderLines = 3;

    /// <summary>Takes a number out; <c>null</c> when there is none of this format, or somebody else is taking one.</summary>
    public FreeNumber? Take(string format)
    {
        // Most help desks never have the file, and an exception takes longer than the look that it saves.
        if (!File.Exists(file))
            return null;

        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            string[] lines = stream.Length <= MaxBytes ? ReadLines(stream) : [];
            if (lines.Length <= HeaderLines || lines[0] != format || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out long newest))
            {
                stream.SetLength(0);
                return null;
            }

            string number = lines[^1];
            stream.SetLength(stream.Length - Encoding.UTF8.GetByteCount(number) - 1);
            return new FreeNumber(number, newest, lines[2]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Replaces what is there.</summary>
    /// <param name="format">The format that the numbers have.</param>
    /// <param name="newestTicket">The newest ticket at the time of the look.</param>
    /// <param name="newestNumber">Its number.</param>
    /// <param name="numbers">Numbers that no ticket up to that one has.</param>
    public void Fill(string format, long newestTicket, string newestNumber, IEnumerable<string> numbers)
    {
        string[] lines = [format, newestTicket.ToString(CultureInfo.InvariantCulture), newestNumber, .. numbers];
        if (Array.Exists(lines, line => line.AsSpan().ContainsAny('\r', '\n')))
            return;

        try
        {
            if (Path.GetDirectoryName(file) is { } folder)
                Directory.CreateDirectory(folder);
            using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            stream.SetLength(0);
            stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next delivery looks for itself.
        }
    }

    /// <summary>Throws away what is there: the tickets are not those that were looked at.</summary>
    public void Discard()
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next delivery finds the same.
        }
    }

    private static string[] ReadLines(FileStream stream)
    {
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        string text = Encoding.UTF8.GetString(bytes);
        // A write that was cut short has no end.
        return text.EndsWith('\n') ? text[..^1].Split('\n') : [];
    }
}
