using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Pipe.Mime.Utils;

/// <summary>Utility methods for message identifiers and quoting.</summary>
public static class MimeUtils
{
    /// <summary>Makes a msg-id without angle brackets (RFC 5322 section 3.6.4) that no other call gives.</summary>
    /// <param name="domain">The right-hand side.</param>
    public static string GenerateMessageId(string domain)
    {
        ArgumentException.ThrowIfNullOrEmpty(domain);
        return Guid.NewGuid().ToString("N") + "@" + domain;
    }

    /// <summary>Makes a msg-id without angle brackets, with the name of this host.</summary>
    public static string GenerateMessageId()
    {
        string host = Environment.MachineName.ToLowerInvariant();
        return GenerateMessageId(host.Length > 0 ? host : "localhost.localdomain");
    }

    /// <summary>The msg-ids of a References or In-Reply-To field, without angle brackets.</summary>
    public static IEnumerable<string> EnumerateReferences(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return MessageIdReader.ReadAll(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The msg-ids of a References or In-Reply-To field, without angle brackets.</summary>
    public static IEnumerable<string> EnumerateReferences(byte[] buffer, int startIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return MessageIdReader.ReadAll(buffer.AsSpan(startIndex, length));
    }

    /// <summary>The msg-id of a Message-ID field without angle brackets, or <c>null</c>.</summary>
    public static string? ParseMessageId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return MessageIdReader.ReadOne(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The msg-id of a Message-ID field without angle brackets, or <c>null</c>.</summary>
    public static string? ParseMessageId(byte[] buffer, int startIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return MessageIdReader.ReadOne(buffer.AsSpan(startIndex, length));
    }

    /// <summary>Reads a version such as that of MIME-Version.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Version? version)
    {
        ArgumentNullException.ThrowIfNull(text);
        version = null;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<int> numbers = stackalloc int[4];
        int count = 0;
        int at = Cfws.Skip(bytes, 0);
        while (count < 4)
        {
            int start = at;
            while (at < bytes.Length && char.IsAsciiDigit((char)bytes[at]))
                at++;
            if (!int.TryParse(bytes.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out numbers[count]))
                return false;
            count++;
            at = Cfws.Skip(bytes, at);
            if (at >= bytes.Length || bytes[at] != '.')
                break;
            at = Cfws.Skip(bytes, at + 1);
        }

        version = count switch
        {
            2 => new Version(numbers[0], numbers[1]),
            3 => new Version(numbers[0], numbers[1], numbers[2]),
            4 => new Version(numbers[0], numbers[1], numbers[2], numbers[3]),
            _ => null,
        };
        return version is not null;
    }

    /// <summary>Reads a content transfer encoding.</summary>
    public static bool TryParse(string text, out ContentEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(text);
        encoding = TransferEncodingName.Read(Encoding.UTF8.GetBytes(text));
        return encoding != ContentEncoding.Default;
    }

    /// <summary>Puts a text in double quotes, with backslashes before quotes and backslashes.</summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var builder = new StringBuilder(text.Length + 2).Append('"');
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                _ = builder.Append('\\');
            _ = builder.Append(c);
        }

        return builder.Append('"').ToString();
    }

    /// <summary>Removes double quotes and backslashes that quote a character.</summary>
    public static string Unquote(string text) => Unquote(text, false);

    /// <summary>Removes double quotes and backslashes that quote a character; tabs become spaces where asked.</summary>
    public static string Unquote(string text, bool convertTabsToSpaces)
    {
        ArgumentNullException.ThrowIfNull(text);
        var builder = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\' && i + 1 < text.Length)
                _ = builder.Append(text[++i]);
            else if (c == '\t' && convertTabsToSpaces)
                _ = builder.Append(' ');
            else if (c is not ('"' or '\r' or '\n'))
                _ = builder.Append(c);
        }

        return builder.ToString();
    }
}
