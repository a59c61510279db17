namespace Pipe.Tickets.Reading;

/// <summary>Mends lines that end in CR CR LF, as mail that was converted twice has them.</summary>
internal static class LineEnds
{
    /// <summary>The message with CR LF for CR CR LF, if its first line ends so; else the stream itself.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Stream Mend(Stream stream)
    {
        long start = stream.Position;
        var cuts = new List<ByteRange>();
        using (var lines = new MessageLines(stream))
        {
            while (lines.Read() && (lines.Line.EndsWith("\r\r\n"u8) || cuts.Count > 0))
            {
                if (lines.Line.EndsWith("\r\r\n"u8))
                    cuts.Add(new(lines.Position - 3, lines.Position - 2));
            }
        }

        stream.Position = start;
        return cuts.Count == 0 ? stream : new CutStream(stream, cuts);
    }
}
