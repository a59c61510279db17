using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pipe.Tickets.Entries.Html;

/// <summary>An image that is written into the HTML itself as a data URL (RFC 2397).</summary>
internal sealed class EmbeddedImage : InboundAttachment
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private readonly byte[] _content;

    private EmbeddedImage(byte[] content) => _content = content;

    /// <summary>Takes the image out of an address; <c>false</c> when it is no data URL of an image, or a broken one.</summary>
    public static bool TryParse(string address, [NotNullWhen(true)] out EmbeddedImage? image)
    {
        image = null;
        var url = address.AsSpan().Trim();
        int comma = url.IndexOf(',');
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || comma < 0)
            return false;

        var description = url["data:".Length..comma];
        int semicolon = description.IndexOf(';');
        string mediaType = AsciiText.ToLower((semicolon < 0 ? description : description[..semicolon]).Trim().ToString());
        bool isBase64 = description.EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        if (!mediaType.StartsWith("image/", StringComparison.Ordinal) || !IsToken(mediaType.AsSpan("image/".Length)))
            return false;

        if (Decode(url[(comma + 1)..], isBase64) is not { Length: > 0 } content)
            return false;

        image = new EmbeddedImage(content)
        {
            Name = $"image{SystemRandom.GetString(Alphabet, 4)}.{mediaType["image/".Length..]}",
            MediaType = mediaType,
            ContentId = "img" + SystemRandom.GetString(Alphabet, 12),
        };
        return true;
    }

    /// <inheritdoc/>
    public override void CopyTo(Stream destination, CancellationToken cancellationToken = default) => destination.Write(_content);

    private static byte[]? Decode(ReadOnlySpan<char> data, bool isBase64)
    {
        string text = Uri.UnescapeDataString(data.ToString());
        if (!isBase64)
            return Encoding.Latin1.GetBytes(text);

        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsToken(ReadOnlySpan<char> subtype)
    {
        foreach (char c in subtype)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
                return false;
        }

        return subtype.Length is > 0 and <= 32;
    }
}
