namespace Pipe.Mime;

/// <summary>Reads and writes bodies that are groups of header fields with blank lines between them (RFC 3464 section 2.1).</summary>
internal static class FieldGroups
{
    private const int MaxGroups = 10_000;

    public static List<HeaderList> Read(MimePart part)
    {
        var groups = new List<HeaderList>();
        if (part.Content is null)
            return groups;
        using var stream = new MemoryStream();
        part.Content.DecodeTo(stream);
        byte[] bytes = stream.ToArray();
        int at = 0;
        while (at < bytes.Length && groups.Count < MaxGroups)
        {
            var headers = HeaderBlockReader.Read(part.Headers.Options, bytes, ref at);
            if (headers.Count > 0)
                groups.Add(headers);
        }

        return groups;
    }

    public static MimeContent Write(IEnumerable<HeaderList> groups)
    {
        var stream = new MemoryStream();
        foreach (var group in groups)
        {
            group.WriteTo(stream);
            stream.Write(FormatOptions.Default.NewLineBytes);
        }

        stream.Position = 0;
        return new MimeContent(stream);
    }
}
