using System.Text;

namespace Pipe.Mime;

/// <summary>How messages are read.</summary>
public class ParserOptions
{
    /// <summary>The largest number of header fields that one entity keeps.</summary>
    internal const int MaxHeaders = 100_000;

    /// <summary>The largest header block of one entity, in bytes; what follows counts as content.</summary>
    internal const int MaxHeaderBlockBytes = 32 * 1024 * 1024;

    /// <summary>The largest number of parts in one message; what follows stays in the last one.</summary>
    internal const int MaxParts = 250_000;

    /// <summary>The options that are used where none are given.</summary>
    public static ParserOptions Default { get; } = new();

    /// <summary>How strictly addresses are read; loose at first.</summary>
    public RfcComplianceMode AddressParserComplianceMode { get; set; } = RfcComplianceMode.Loose;

    /// <summary>Whether commas in display names may stand outside quotes; yes at first.</summary>
    public bool AllowUnquotedCommasInAddresses { get; set; } = true;

    /// <summary>Whether addresses without a domain are read; yes at first.</summary>
    public bool AllowAddressesWithoutDomain { get; set; } = true;

    /// <summary>How deep groups of addresses may nest; 3 at first.</summary>
    public int MaxAddressGroupDepth { get; set; } = 3;

    /// <summary>How deep entities may nest; 1024 at first. Deeper ones stay as opaque content.</summary>
    public int MaxMimeDepth { get; set; } = 1024;

    /// <summary>How strictly parameters are read; loose at first.</summary>
    public RfcComplianceMode ParameterComplianceMode { get; set; } = RfcComplianceMode.Loose;

    /// <summary>How strictly encoded-words are read; loose at first.</summary>
    public RfcComplianceMode Rfc2047ComplianceMode { get; set; } = RfcComplianceMode.Loose;

    /// <summary>The charset of undeclared text that is not valid UTF-8; UTF-8 at first, which means a guess.</summary>
    public Encoding CharsetEncoding { get; set; } = Encoding.UTF8;

    /// <summary>Whether the Content-Length field of a mailbox file is believed; no at first.</summary>
    public bool RespectContentLength { get; set; }

    /// <summary>Makes a copy.</summary>
    public ParserOptions Clone() => (ParserOptions)MemberwiseClone();
}
