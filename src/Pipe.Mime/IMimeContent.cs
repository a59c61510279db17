namespace Pipe.Mime;

/// <summary>The content of a part, in its transfer encoding.</summary>
public interface IMimeContent : IDisposable
{
    /// <summary>The transfer encoding of <see cref="Stream"/>.</summary>
    ContentEncoding Encoding { get; }

    /// <summary>The line ending of the text, where it is known.</summary>
    NewLineFormat? NewLineFormat { get; }

    /// <summary>The content as it is, encoded.</summary>
    Stream Stream { get; }

    /// <summary>Opens the decoded content.</summary>
    Stream Open();

    /// <summary>Copies the decoded content.</summary>
    void DecodeTo(Stream stream, CancellationToken cancellationToken = default);

    /// <summary>Copies the decoded content.</summary>
    Task DecodeToAsync(Stream stream, CancellationToken cancellationToken = default);

    /// <summary>Copies the content as it is, encoded.</summary>
    void WriteTo(Stream stream, CancellationToken cancellationToken = default);

    /// <summary>Copies the content as it is, encoded.</summary>
    Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default);
}
