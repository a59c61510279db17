namespace Pipe.Mime;

/// <summary>The content transfer encodings (RFC 2045 section 6).</summary>
public enum ContentEncoding
{
    /// <summary>None given, or unknown.</summary>
    Default,

    /// <summary>7bit.</summary>
    SevenBit,

    /// <summary>8bit.</summary>
    EightBit,

    /// <summary>binary.</summary>
    Binary,

    /// <summary>base64.</summary>
    Base64,

    /// <summary>quoted-printable.</summary>
    QuotedPrintable,

    /// <summary>x-uuencode.</summary>
    UUEncode,
}
