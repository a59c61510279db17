using System.Text.Json.Serialization;

namespace Pipe.Spool;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageRecord))]
internal sealed partial class MessageRecordJson : JsonSerializerContext;
