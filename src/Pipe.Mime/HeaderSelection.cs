namespace Pipe.Mime;

/// <summary>Which fields of a header block are asked for.</summary>
internal enum HeaderSelection
{
    /// <summary>All, in one list.</summary>
    All,

    /// <summary>Those of the message and those of its body, in two lists.</summary>
    Split,
}
