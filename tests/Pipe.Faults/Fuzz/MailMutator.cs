using System.Text;

namespace Pipe.Faults.Fuzz;

/// <summary>Damages mails in the ways that mail gets damaged, and in those that an attacker would choose. The same seed gives the same mails.</summary>
internal sealed class MailMutator
{
    private static readonly string[] Tokens =
    [
        "\r\n\r\n", "\n", "\r", "\0", "--", "--part\r\n", "boundary=", "boundary=\"\"", "Content-Type: multipart/mixed\r\n",
        "Content-Type: message/rfc822\r\n\r\n", "Content-Type: message/delivery-status\r\n\r\n", "Content-Type: application/ms-tnef\r\n",
        "Content-Type: text/html; charset=utf-16\r\n", "Content-Type: text/plain; charset=hz-gb-2312\r\n", "charset=\"\\\"", "charset=utf-7",
        "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: x-uuencode\r\n", "Content-Transfer-Encoding: quoted-printable\r\n",
        "begin 644 a\r\n", "=?utf-8?B?", "=?utf-8?Q?=", "?=", "=?x?x?x?=", "=\r\n", "=ZZ", "((((((((", "))))", "\"\"\"", "<<<<<<", ">>>>", ",,,,,,", ";;;;;;",
        "filename*0*=utf-8''%", "filename*1*=%E2%82", "filename=\"../../../../etc/passwd\"", "name*=''", "%00", "%n%n%n", "'; DROP TABLE ost_ticket; --",
        "\" OR 1=1 --", "\\", "\u202e", "\ud83d\ude00", "\ufeff", "\u0000\u0001\u001b[2J", "<script>", "</div></div>", "<a href=\"javascript:", "<!--", "<![CDATA[",
        "Message-ID: <>\r\n", "Message-ID: \r\n", "References: <a@b><c@d>\r\n", "In-Reply-To: <", "From: \r\n", "From: @\r\n", "From: a b c <>\r\n", "To: undisclosed-recipients:;\r\n",
        "Date: 99 Foo 99999 99:99:99 +9999\r\n", "Received: from x\r\n", "Subject: [#1]\r\n", "Auto-Submitted: auto-replied\r\n", "X-Priority: 9999999999999999999\r\n", "\t \t \r\n", "From x\r\n", ".\r\n",
    ];

    private readonly Random _random;
    private readonly List<byte[]> _corpus;

    public MailMutator(int seed, IEnumerable<byte[]> corpus)
    {
        _random = new Random(seed);
        _corpus = [.. corpus];
    }

    /// <summary>The sample messages of the repository.</summary>
    public static IEnumerable<byte[]> Samples() =>
        Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "samples", "messages"), "*.eml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(bytes => bytes.Length < 200_000);

    /// <summary>The next mail.</summary>
    public byte[] Next()
    {
        var bytes = new List<byte>(Pick(_corpus));
        for (int i = _random.Next(1, 6); i > 0; i--)
            Mutate(bytes);
        return [.. bytes];
    }

    private void Mutate(List<byte> bytes)
    {
        int at = _random.Next(bytes.Count + 1);
        int length = Math.Min(_random.Next(1, 200), bytes.Count - at);
        switch (_random.Next(12))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5 or 6 or 7:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pick(Tokens)));
                break;
            case 8:
                bytes.InsertRange(at, Enumerable.Repeat(Encoding.UTF8.GetBytes(Pick(Tokens)), _random.Next(2, 60)).SelectMany(token => token));
                break;
            case 9:
                byte[] other = Pick(_corpus);
                int from = _random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + _random.Next(1, 2000))]);
                break;
            case 10:
                byte[] noise = new byte[_random.Next(1, 300)];
                _random.NextBytes(noise);
                bytes.InsertRange(at, noise);
                break;
            default:
                bytes.InsertRange(at, Enumerable.Repeat((byte)_random.Next(256), _random.Next(1, 3000)));
                break;
        }
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
