using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Pipe.Tickets.Notifications;

/// <summary>The token by which an owner opens his ticket without logging in (osTicket's <c>view.php?auth=</c>).</summary>
internal static class AccessToken
{
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";
    private const int SkippedDigits = 8;

    /// <param name="userId">The owner.</param>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="created">When the ticket was opened, as the database says.</param>
    /// <param name="secretSalt">The installation's <c>SECRET_SALT</c>.</param>
    public static string Create(long userId, long ticketId, DateTime created, string secretSalt)
    {
        Span<byte> ids = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(ids, (uint)userId);
        BinaryPrimitives.WriteUInt32LittleEndian(ids[4..], (uint)ticketId);

        string signed = string.Create(CultureInfo.InvariantCulture, $"{userId}{created:yyyy-MM-dd HH:mm:ss}{ticketId}{secretSalt}");
        string signature = Convert.ToBase64String(Digests.Md5(Encoding.UTF8.GetBytes(signed)));
        return $"o1x{ToBase32(ids)}{signature[SkippedDigits..]}";
    }

    private static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int bits = 0;
        int held = 0;
        foreach (byte b in bytes)
        {
            held = (held << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Base32[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }

        if (bits > 0)
            text.Append(Base32[(held << (5 - bits)) & 31]);
        return text.ToString();
    }
}
