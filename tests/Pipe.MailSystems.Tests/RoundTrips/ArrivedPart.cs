using System.Text.Json.Serialization;

namespace Pipe.MailSystems.Tests.RoundTrips;

/// <summary>A leaf of a mail that has arrived, with its content decoded.</summary>
internal sealed record ArrivedPart(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("encoding")] string Encoding,
    [property: JsonPropertyName("disposition")] string Disposition,
    [property: JsonPropertyName("contentId")] string ContentId,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("size")] int Size);
