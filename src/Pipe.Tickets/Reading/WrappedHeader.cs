using System.Text;

namespace Pipe.Tickets.Reading;

/// <summary>The header that counts for a message whose top level is a message/rfc822: the enclosed one's, put together anew.</summary>
internal static class WrappedHeader
{
    /// <summary>The enclosed fields, one line and one name each, with what only the outer header has.</summary>
    public static HeaderBlock Of(HeaderBlock enclosed, HeaderBlock outer)
    {
        var names = new List<string>();
        var values = new Dictionary<string, List<byte[]>>(StringComparer.Ordinal);
        foreach (var field in enclosed.Fields)
        {
            string name = TitleCase(field.Name);
            if (!values.TryGetValue(name, out var list))
            {
                names.Add(name);
                values.Add(name, list = []);
            }

            list.Add(field.Value.ToArray());
        }

        if (outer.All("delivered-to").Select(field => field.Value.ToArray()).ToList() is { Count: > 0 } deliveredTo)
            Set(names, values, "Delivered-To", deliveredTo);
        if (!values.ContainsKey("Message-Id"))
            Set(names, values, "Message-Id", [outer.First("message-id") is { } id ? id.Value.ToArray() : []]);

        return HeaderBlock.FromBytes(Join(names, values));
    }

    private static void Set(List<string> names, Dictionary<string, List<byte[]>> values, string name, List<byte[]> list)
    {
        if (!values.ContainsKey(name))
            names.Add(name);
        values[name] = list;
    }

    private static byte[] Join(List<string> names, Dictionary<string, List<byte[]>> values)
    {
        var block = new MemoryStream();
        foreach (string name in names)
        {
            if (block.Length > 0)
                block.WriteByte((byte)'\n');
            block.Write(Encoding.Latin1.GetBytes(name + ": "));
            for (int i = 0; i < values[name].Count; i++)
            {
                if (i > 0)
                    block.WriteByte((byte)',');
                block.Write(values[name][i]);
            }
        }

        return block.ToArray();
    }

    private static string TitleCase(string name) => string.Create(name.Length, name, static (title, source) =>
    {
        for (int i = 0; i < source.Length; i++)
        {
            bool first = i == 0 || source[i - 1] == '-';
            title[i] = first ? char.ToUpperInvariant(source[i]) : char.ToLowerInvariant(source[i]);
        }
    });
}
