using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Pipe.Tickets.Threading;

/// <summary>What a Message-ID says that this help desk made and signed.</summary>
/// <param name="Class">To whom the mail went.</param>
/// <param name="PersonId">The user's or agent's id, as <paramref name="Class"/> says; 0 for lists.</param>
/// <param name="EntryId">The thread entry that was sent; 0 for none.</param>
/// <param name="ThreadId">The thread; <c>null</c> in ids of version A, which do not name one.</param>
public sealed record TicketMessageId(AddresseeClass Class, uint PersonId, uint EntryId, uint? ThreadId)
{
    private const string RandomAlphabet = "abcdefghiklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_=";
    private const int SystemIdLength = 6;
    private const int RandomLength = 5;
    private const int SignedBytes = 13;
    private const int SignatureBytes = 5;
    private const int VersionABytes = 9;
    private const int VersionACheckDigits = 10;

    /// <summary>Decodes a msg-id, with or without angle brackets, if it is one of ours and its signature is right.</summary>
    public static bool TryDecode(string messageId, string secretSalt, [NotNullWhen(true)] out TicketMessageId? decoded)
    {
        decoded = null;
        string text = messageId.Trim(' ', '\t', '\r', '\n', '<', '>');
        int at = text.IndexOf('@', StringComparison.Ordinal);
        string local = at < 0 ? text : text[..at];
        string[] parts = local.Split('-', 4);

        // Nearly all msg-ids are other people's; they are told apart without any computing.
        if (parts.Length < 3 || parts[0].Length != SystemIdLength + 1 || parts[0][0] is not ('A' or 'B')
            || !parts[0].AsSpan(1).SequenceEqual(SystemId(secretSalt)))
            return false;

        decoded = parts[0][0] switch
        {
            'B' => DecodeVersionB(parts[1], parts[2], secretSalt),
            'A' => DecodeVersionA(parts[1], parts[2], at < 0 ? "" : text[(at + 1)..], secretSalt),
            _ => null,
        };
        return decoded is not null;
    }

    /// <summary>A fresh msg-id, without angle brackets, that names an entry and the addressee it is sent to.</summary>
    /// <param name="senderAddress">The address the mail is sent from; it supplies the domain. <c>null</c> for none.</param>
    /// <param name="secretSalt">The installation's <c>SECRET_SALT</c>.</param>
    public string Encode(string? senderAddress, string secretSalt)
    {
        Span<byte> tag = stackalloc byte[SignedBytes + SignatureBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(tag, PersonId);
        BinaryPrimitives.WriteUInt32LittleEndian(tag[4..], EntryId);
        BinaryPrimitives.WriteUInt32LittleEndian(tag[8..], ThreadId ?? 0);
        tag[12] = (byte)LetterOf(Class);

        string random = SystemRandom.GetString(RandomAlphabet, RandomLength);
        string systemId = SystemId(secretSalt);
        Sign(tag[..SignedBytes], random, systemId, secretSalt, tag[SignedBytes..]);
        string domain = string.IsNullOrEmpty(senderAddress) ? "@osTicketMailer" : senderAddress;
        return $"B{systemId}-{random}-{Convert.ToBase64String(tag).TrimEnd('=')}-{domain}";
    }

    private static TicketMessageId? DecodeVersionB(string random, string tagText, string secretSalt)
    {
        byte[] tag = DecodeBase64(tagText);
        if (tag.Length < SignedBytes + SignatureBytes)
            return null;

        Span<byte> signature = stackalloc byte[SignatureBytes];
        Sign(tag.AsSpan(0, SignedBytes), random, SystemId(secretSalt), secretSalt, signature);
        return CryptographicOperations.FixedTimeEquals(signature, tag.AsSpan(SignedBytes, SignatureBytes))
            ? new TicketMessageId(ClassOf(tag[12]), ReadUInt32(tag, 0), ReadUInt32(tag, 4), ReadUInt32(tag, 8))
            : null;
    }

    // osTicket signs with HMAC-SHA1; nobody else's ids would be recognised.
    private static byte[] Hmac(string secretSalt, byte[] signed) => Digests.HmacSha1(Encoding.UTF8.GetBytes(secretSalt), signed);

    // The check stands where the domain would be: its right side is compared, a domain behind it is not part of it.
    private static TicketMessageId? DecodeVersionA(string random, string tagText, string check, string secretSalt)
    {
        byte[] tag = DecodeBase64(tagText);
        if (tag.Length < VersionABytes)
            return null;

        byte[] hash = Hmac(secretSalt, Encoding.UTF8.GetBytes(tagText + random));
        string expected = Convert.ToHexStringLower(hash)[^VersionACheckDigits..];
        return string.Equals(check, expected, StringComparison.Ordinal)
            ? new TicketMessageId(ClassOf(tag[8]), ReadUInt32(tag, 0), ReadUInt32(tag, 4), null)
            : null;
    }

    private static void Sign(ReadOnlySpan<byte> tag, string random, string systemId, string secretSalt, Span<byte> signature)
    {
        byte[] signed = [.. tag, .. Encoding.UTF8.GetBytes(random), .. Encoding.UTF8.GetBytes(systemId)];
        Hmac(secretSalt, signed).AsSpan(^SignatureBytes..).CopyTo(signature);
    }

    // The installation's mark in its msg-ids. It is a checksum to tell installations apart, not a secret.
    private static string SystemId(string secretSalt) =>
        Convert.ToBase64String(Digests.Md5(Encoding.UTF8.GetBytes("mail" + secretSalt))).Replace('+', '=')[..SystemIdLength];

    // Lenient, as the ids pass through many hands: what is not of the alphabet is skipped, the padding may be missing.
    private static byte[] DecodeBase64(string text)
    {
        var kept = new StringBuilder(text.Length + 3);
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '+' or '/')
                kept.Append(c);
        }

        if (kept.Length % 4 == 1)
            kept.Length--;
        kept.Append('=', (4 - (kept.Length % 4)) % 4);
        return Convert.FromBase64String(kept.ToString());
    }

    private static uint ReadUInt32(byte[] tag, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(tag.AsSpan(offset));

    private static AddresseeClass ClassOf(byte letter) => letter switch
    {
        (byte)'U' => AddresseeClass.Owner,
        (byte)'C' => AddresseeClass.Collaborator,
        (byte)'S' => AddresseeClass.Agent,
        (byte)'M' => AddresseeClass.Several,
        _ => AddresseeClass.Other,
    };

    private static char LetterOf(AddresseeClass addressee) => addressee switch
    {
        AddresseeClass.Owner => 'U',
        AddresseeClass.Collaborator => 'C',
        AddresseeClass.Agent => 'S',
        AddresseeClass.Several => 'M',
        _ => '?',
    };
}
