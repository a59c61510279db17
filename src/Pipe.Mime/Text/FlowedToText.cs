using System.Text;

namespace Pipe.Mime.Text;

/// <summary>Joins the lines of flowed text (RFC 3676).</summary>
public class FlowedToText
{
    /// <summary>Whether the space before a soft line break goes away (the parameter <c>delsp=yes</c>).</summary>
    public bool DeleteSpace { get; set; }

    /// <summary>Joins the lines that belong together.</summary>
    public string Convert(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        int openDepth = -1;
        while (!rest.IsEmpty)
        {
            int lineFeed = rest.IndexOf('\n');
            var line = lineFeed < 0 ? rest : rest[..lineFeed];
            rest = lineFeed < 0 ? default : rest[(lineFeed + 1)..];
            line = line.TrimEnd('\r');

            int depth = 0;
            while (depth < line.Length && line[depth] == '>')
                depth++;
            var content = line[depth..];
            // Space-stuffing (section 4.4)
            if (content.StartsWith(" "))
                content = content[1..];

            bool isSignature = content.SequenceEqual("-- ");
            if (openDepth >= 0 && (openDepth != depth || isSignature))
            {
                _ = result.Append('\n');
                openDepth = -1;
            }

            if (openDepth < 0 && depth > 0)
                _ = result.Append('>', depth).Append(' ');

            bool flows = content.EndsWith(" ") && !isSignature;
            if (flows && DeleteSpace)
                content = content[..^1];
            _ = result.Append(content);
            openDepth = flows ? depth : -1;
            if (!flows && lineFeed >= 0)
                _ = result.Append('\n');
        }

        return result.ToString();
    }
}
