using System.Text.Json.Serialization;

namespace Pipe.MailSystems.Tests.RoundTrips;

/// <summary>A mail that lies in somebody's mailbox, as a parser that is not ours reads it.</summary>
/// <param name="EnvelopeSender">The envelope sender that the mail system noted.</param>
/// <param name="Headers">The header fields, unfolded and decoded, by their names in lower case.</param>
/// <param name="Structure">The media types, such as "multipart/alternative(text/plain, text/html)".</param>
/// <param name="Defects">What the parser finds wrong.</param>
/// <param name="Parts">The leaves.</param>
internal sealed record ArrivedMail(
    [property: JsonPropertyName("envelopeSender")] string EnvelopeSender,
    [property: JsonPropertyName("headers")] IReadOnlyDictionary<string, string> Headers,
    [property: JsonPropertyName("structure")] string Structure,
    [property: JsonPropertyName("defects")] IReadOnlyList<string> Defects,
    [property: JsonPropertyName("parts")] IReadOnlyList<ArrivedPart> Parts)
{
    /// <summary>A header field, or an empty text.</summary>
    public string this[string name] => Headers.GetValueOrDefault(name.ToLowerInvariant(), "");

    /// <summary>The text of the first part of this type.</summary>
    public string Text(string type) => Parts.First(part => part.Type == type).Text;
}
