namespace Pipe.Mime;

/// <summary>The names of the well-known header fields, in the order of <see cref="HeaderId"/>.</summary>
internal static class HeaderNames
{
    private static readonly string[] Names =
    [
        "Ad-Hoc",
        "Accept-Language",
        "Alternate-Recipient",
        "Approved",
        "ARC-Authentication-Results",
        "ARC-Message-Signature",
        "ARC-Seal",
        "Archive",
        "Archived-At",
        "Article",
        "Authentication-Results",
        "Autocrypt",
        "Autocrypt-Gossip",
        "Autocrypt-Setup-Message",
        "Autoforwarded",
        "Auto-Submitted",
        "Base",
        "Bcc",
        "Bounce-To",
        "Bytes",
        "Cc",
        "Comments",
        "Content-Alternative",
        "Content-Base",
        "Content-Class",
        "Content-Description",
        "Content-Disposition",
        "Content-Duration",
        "Content-Features",
        "Content-Id",
        "Content-Identifier",
        "Content-Language",
        "Content-Length",
        "Content-Location",
        "Content-Md5",
        "Content-Return",
        "Content-Transfer-Encoding",
        "Content-Translation-Type",
        "Content-Type",
        "Control",
        "Conversion",
        "Conversion-With-Loss",
        "Date",
        "Deferred-Delivery",
        "Delivery-Date",
        "Disposition-Notification-Options",
        "Disposition-Notification-To",
        "Distribution",
        "DKIM-Signature",
        "DomainKey-Signature",
        "Ediint-Features",
        "Encoding",
        "Encrypted",
        "Expires",
        "Expiry-Date",
        "Followup-To",
        "From",
        "Generate-Delivery-Report",
        "Importance",
        "Injection-Date",
        "Injection-Info",
        "In-Reply-To",
        "Keywords",
        "Language",
        "Latest-Delivery-Time",
        "Lines",
        "List-Archive",
        "List-Help",
        "List-Id",
        "List-Owner",
        "List-Post",
        "List-Subscribe",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "Message-Id",
        "MIME-Version",
        "Newsgroups",
        "Nntp-Posting-Date",
        "Nntp-Posting-Host",
        "Obsoletes",
        "Organization",
        "Original-Encoded-Information-Types",
        "Original-From",
        "Original-Message-Id",
        "Original-Recipient",
        "Original-Return-Address",
        "Original-Subject",
        "Path",
        "Precedence",
        "Prevent-NonDelivery-Report",
        "Priority",
        "Received",
        "Received-SPF",
        "References",
        "Relay-Version",
        "Reply-By",
        "Reply-To",
        "Require-Recipient-Valid-Since",
        "Resent-Bcc",
        "Resent-Cc",
        "Resent-Date",
        "Resent-From",
        "Resent-Message-Id",
        "Resent-Reply-To",
        "Resent-Sender",
        "Resent-To",
        "Return-Path",
        "Return-Receipt-To",
        "See-Also",
        "Sender",
        "Sensitivity",
        "Solicitation",
        "Status",
        "Subject",
        "Summary",
        "Supersedes",
        "TLS-Required",
        "To",
        "User-Agent",
        "X400-Content-Identifier",
        "X400-Content-Return",
        "X400-Content-Type",
        "X400-MTS-Identifier",
        "X400-Originator",
        "X400-Received",
        "X400-Recipients",
        "X400-Trace",
        "X-Mailer",
        "X-MSMail-Priority",
        "X-Priority",
        "X-Status",
    ];

    private static readonly byte[] Buckets = Index();

    public static string Get(HeaderId id) => Names[(int)id];

    public static HeaderId Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return HeaderId.Unknown;
        for (int slot = Hash(name.Length, name[0], name[^1]); Buckets[slot] != 0; slot = (slot + 1) & 511)
        {
            int id = Buckets[slot] - 1;
            if (System.Text.Ascii.EqualsIgnoreCase(name, Names[id]))
                return (HeaderId)id;
        }

        return HeaderId.Unknown;
    }

    public static HeaderId Find(ReadOnlySpan<char> name)
    {
        Span<byte> bytes = stackalloc byte[64];
        return name.Length <= 64 && System.Text.Ascii.FromUtf16(name, bytes, out int count) == System.Buffers.OperationStatus.Done
            ? Find(bytes[..count])
            : HeaderId.Unknown;
    }

    private static byte[] Index()
    {
        byte[] buckets = new byte[512];
        for (int id = 0; id < Names.Length; id++)
        {
            string name = Names[id];
            int slot = Hash(name.Length, (byte)name[0], (byte)name[^1]);
            while (buckets[slot] != 0)
                slot = (slot + 1) & 511;
            buckets[slot] = (byte)(id + 1);
        }

        return buckets;
    }

    private static int Hash(int length, byte first, byte last) =>
        ((length * 31) + ((first | 0x20) * 7) + ((last | 0x20) * 131)) & 511;
}
