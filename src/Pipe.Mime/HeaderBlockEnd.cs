namespace Pipe.Mime;

/// <summary>What a header block ended with.</summary>
internal enum HeaderBlockEnd
{
    BlankLine,
    Boundary,
    EndOfStream,
    NotAField,
}
