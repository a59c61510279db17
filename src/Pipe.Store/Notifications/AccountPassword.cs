using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Pipe.Store.Notifications;

/// <summary>Reads the passwords of mail accounts as osTicket stores them.</summary>
internal static class AccountPassword
{
    private const string OuterMark = "$2$";
    private const string InnerMark = "$1$";
    private const int BlockBytes = 16;

    /// <summary>Decrypts a password.</summary>
    /// <param name="stored">The value of the row <c>passwd</c>.</param>
    /// <param name="user">The account's user name.</param>
    /// <param name="space">The namespace of the row.</param>
    /// <param name="secretSalt">The installation's <c>SECRET_SALT</c>.</param>
    /// <param name="password">The password.</param>
    public static bool TryDecrypt(string stored, string user, string space, string secretSalt, out string password)
    {
        password = "";
        if (!stored.StartsWith(OuterMark, StringComparison.Ordinal))
            return false;

        byte[] packed = new byte[stored.Length];
        if (!Convert.TryFromBase64String(stored[OuterMark.Length..], packed, out int length)
            || !packed.AsSpan(0, length).StartsWith(Encoding.ASCII.GetBytes(InnerMark)) || length < InnerMark.Length + (2 * BlockBytes))
            return false;

        byte[] iv = packed[InnerMark.Length..(InnerMark.Length + BlockBytes)];
        byte[] cipher = packed[(InnerMark.Length + BlockBytes)..length];
        using var aes = Aes.Create();
        aes.Key = KeyOf(iv, user, space, secretSalt);
        try
        {
            password = Encoding.UTF8.GetString(aes.DecryptCbc(cipher, iv));
            return true;
        }
        catch (CryptographicException)
        {
            // Another secret, or another user name, than it was encrypted with.
            return false;
        }
    }

    [SuppressMessage("Security", "CA5351", Justification = "How osTicket derives the key of the passwords it has stored.")]
    private static byte[] KeyOf(byte[] iv, string user, string space, string secretSalt)
    {
        string inner = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(user + space)));
        string outer = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(inner)));
        return HMACSHA512.HashData(iv, Encoding.UTF8.GetBytes(secretSalt + outer))[..BlockBytes];
    }
}
