namespace Pipe.Store.Files;

/// <summary>A row of the table of files.</summary>
internal sealed record StoredFile(long Id, string Key, string Name);
