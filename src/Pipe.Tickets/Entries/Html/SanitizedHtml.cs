namespace Pipe.Tickets.Entries.Html;

/// <summary>What the sanitiser made of a source.</summary>
/// <param name="Html">The safe HTML.</param>
/// <param name="References">Where it refers to files, in order.</param>
/// <param name="EmbeddedImages">The images that were written into the source itself.</param>
internal sealed record SanitizedHtml(
    string Html, IReadOnlyList<FileReference> References, IReadOnlyList<InboundAttachment> EmbeddedImages);
