using System.Globalization;
using System.Text;

namespace Pipe.Tickets;

/// <summary>JSON text as PHP's <c>json_encode</c> writes it, so that columns read the same whoever wrote them.</summary>
public static class PhpJson
{
    /// <summary>Appends a JSON string: "/" escaped, everything outside ASCII as \uXXXX.</summary>
    public static void AppendString(StringBuilder json, string value)
    {
        json.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"' or '\\' or '/':
                    json.Append('\\').Append(c);
                    break;
                case '\b':
                    json.Append("\\b");
                    break;
                case '\f':
                    json.Append("\\f");
                    break;
                case '\n':
                    json.Append("\\n");
                    break;
                case '\r':
                    json.Append("\\r");
                    break;
                case '\t':
                    json.Append("\\t");
                    break;
                case < ' ' or > '\u007f':
                    json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    json.Append(c);
                    break;
            }
        }

        json.Append('"');
    }

    /// <summary>A JSON string with its quotes.</summary>
    public static string Quote(string value)
    {
        var json = new StringBuilder(value.Length + 2);
        AppendString(json, value);
        return json.ToString();
    }
}
