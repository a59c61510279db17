namespace Pipe.Mime.Text;

/// <summary>The formats of a text body.</summary>
public enum TextFormat
{
    /// <summary>text/plain</summary>
    Plain,

    /// <summary>text/plain, the older name</summary>
    Text = Plain,

    /// <summary>text/plain; format=flowed (RFC 3676)</summary>
    Flowed,

    /// <summary>text/html</summary>
    Html,

    /// <summary>text/enriched (RFC 1896)</summary>
    Enriched,

    /// <summary>Compressed RTF, as in TNEF</summary>
    CompressedRichText,

    /// <summary>text/rtf</summary>
    RichText,
}
