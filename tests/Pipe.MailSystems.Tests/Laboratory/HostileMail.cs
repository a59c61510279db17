using System.Text;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>Mail that is made to break programs, and mail that is only broken.</summary>
internal static class HostileMail
{
    private const string Head = "From: evil@customer.test\nTo: support@lab.test\nSubject: hostile\n";

    public static IEnumerable<(string Name, byte[] Message)> All()
    {
        yield return ("no header", Bytes("Just a line.\n\nAnd another.\n"));
        yield return ("header only", Bytes(Head));
        yield return ("nothing but line ends", Bytes("\n\n\n\n"));
        yield return ("NUL bytes", Bytes($"{Head}X-Nul: a\0b\n\nbo\0dy\n"));
        yield return ("bare CR", Bytes($"{Head}X-Cr: a\rX-Forged: b\n\nline\rline\r\rline\n"));
        yield return ("8-bit header", Bytes($"From: Jos\u00E9 <jose@customer.test>\nSubject: \u00FF\u00FE\u00E9\nTo: support@lab.test\n\n\u0080\u0081\n"));
        yield return ("long header line", Bytes($"{Head}X-Long: {new string('a', 30_000)}\n\nbody\n"));
        yield return ("long subject", Bytes($"From: evil@customer.test\nTo: support@lab.test\nSubject: {Repeat("long ", 4_000)}\n\nbody\n"));
        yield return ("many header fields", Bytes($"{Head}{Repeat("X-Many: 1\n", 2_000)}\nbody\n"));
        yield return ("many addresses", Bytes($"{Head}Cc: {Repeat("a@b.test,\n ", 2_000)}z@b.test\n\nbody\n"));
        yield return ("many references", Bytes($"{Head}References: {Repeat("<a@b.test>\n ", 2_000)}\n\nbody\n"));
        yield return ("long line", Bytes($"{Head}\n{new string('x', 500_000)}\n"));
        yield return ("dots and From lines", Bytes($"{Head}\n.\n..\nFrom evil@customer.test Mon Jan  1 00:00:00 2024\n>From x\n.\n"));
        yield return ("multipart without boundary", Bytes($"{Head}Content-Type: multipart/mixed\n\n--x\n\nbody\n"));
        yield return ("multipart without end", Bytes($"{Head}Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nbody"));
        yield return ("deep multipart", Bytes(DeepMultipart(2_000)));
        yield return ("deep message/rfc822", Bytes(Head + Repeat("Content-Type: message/rfc822\n\n", 2_000) + "\nbody\n"));
        yield return ("broken base64", Bytes($"{Head}Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n====@@@@\u00FFAAA\n"));
        yield return ("broken TNEF", Bytes($"{Head}Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+IgEAAQAIAAEA/////w==\n"));
        yield return ("encoded words", Bytes($"From: {Repeat("=?utf-8?b?Iiw8Pg==?= ", 500)}<e@customer.test>\nTo: support@lab.test\nSubject: {Repeat("=?x?q?=?= ", 500)}\n\nbody\n"));
        yield return ("nested comments", Bytes($"From: {new string('(', 5_000)} <e@customer.test>\nTo: support@lab.test\nSubject: s\n\nbody\n"));
        yield return ("deep HTML", Bytes($"{Head}Content-Type: text/html\n\n{Repeat("<div>", 20_000)}<script>alert(1)</script>\n"));
        yield return ("hostile names", Bytes($"{Head}Content-Type: application/x; name=\"../../../../etc/passwd\"\nContent-Disposition: attachment; filename*=utf-8''%2e%2e%2f%00%0a\n\nx\n"));
        yield return ("hostile Message-ID", Bytes($"{Head}Message-ID: <'; DROP TABLE ost_ticket; --{new string('m', 2_000)}>\n\nbody\n"));
        yield return ("no sender", Bytes("To: support@lab.test\nSubject: from nobody\n\nbody\n"));
        yield return ("huge", Bytes($"{Head}Content-Type: application/octet-stream; name=huge.bin\nContent-Transfer-Encoding: base64\n\n{Repeat(new string('A', 76) + "\n", 260_000)}"));
    }

    private static string DeepMultipart(int depth)
    {
        var text = new StringBuilder(Head);
        for (int i = 0; i < depth; i++)
            text.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\n\n--b").Append(i).Append('\n');
        return text.Append("\nbody\n").ToString();
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
