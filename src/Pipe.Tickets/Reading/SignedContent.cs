using System.Formats.Asn1;
using MimeKit;

namespace Pipe.Tickets.Reading;

/// <summary>What an "opaquely" signed message holds (RFC 8551 section 3.5.2). Nothing in it is secret; the signature is not checked.</summary>
internal static class SignedContent
{
    private const string SignedData = "1.2.840.113549.1.7.2";

    // It is read in memory as a whole.
    private const int MaxBytes = 12 * 1024 * 1024;

    private static readonly Asn1Tag Explicit = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>The signed entity; <c>null</c> when the part is encrypted, damaged or too large.</summary>
    public static MimeEntity? TryOpen(MimePart part, InboundMailOptions options, CancellationToken cancellationToken)
    {
        try
        {
            byte[] encoded = PartContent.ReadStart(part, MaxBytes, out bool isCut, cancellationToken).ToArray();
            return isCut || Unwrap(encoded) is not { } content
                ? null
                : MimeEntity.Load(ParserGuard.Guard(new MemoryStream(content, writable: false), options, out _), persistent: true, cancellationToken);
        }
        catch (Exception e) when (e is AsnContentException or FormatException)
        {
            return null;
        }
    }

    // RFC 5652 sections 3, 5.1 and 5.2: ContentInfo, SignedData, EncapsulatedContentInfo.
    private static byte[]? Unwrap(byte[] encoded)
    {
        var contentInfo = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
        if (contentInfo.ReadObjectIdentifier() != SignedData)
            return null;
        var signedData = contentInfo.ReadSequence(Explicit).ReadSequence();
        _ = signedData.ReadInteger();
        _ = signedData.ReadSetOf(skipSortOrderValidation: true);
        var encapsulated = signedData.ReadSequence();
        _ = encapsulated.ReadObjectIdentifier();
        return encapsulated.HasData ? encapsulated.ReadSequence(Explicit).ReadOctetString() : null;
    }
}
