namespace Pipe.Mime;

/// <summary>What the parser knows of an entity before it makes one.</summary>
internal readonly record struct EntityHeaders(HeaderList Headers, ContentType ContentType);
