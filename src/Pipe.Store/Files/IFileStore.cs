namespace Pipe.Store.Files;

/// <summary>Takes the files of a message.</summary>
internal interface IFileStore
{
    /// <summary>The row that holds the file's content.</summary>
    StoredFile Store(InboundAttachment file);
}
