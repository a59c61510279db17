using System.Text;
using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.RoundTrips;

/// <summary>What mail programs write.</summary>
internal static class Correspondence
{
    /// <summary>A mail that begins something.</summary>
    public static string Letter(string from, string subject, string messageId, string further = "") =>
        $"From: {from}\nTo: Support <{HelpDesk.Address}>\nSubject: {subject}\nMessage-ID: {messageId}\n"
        + $"Date: Mon, 23 Nov 2026 06:00:00 +0000\n{further}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        + "Der Drucker brennt. Größe: 3 m.\n.\nFrom here on it gets worse.\n";

    /// <summary>An answer with the answered mail quoted below, the way mail programs do it.</summary>
    public static string Answer(string from, ArrivedMail to, string messageId, string text, string further = "")
    {
        var answer = new StringBuilder()
            .Append("From: ").Append(from).Append("\nTo: ").Append(to["From"]).Append("\nSubject: AW: something else entirely\nMessage-ID: ").Append(messageId)
            .Append("\nIn-Reply-To: ").Append(to["Message-ID"])
            .Append("\nReferences: ").Append($"{to["References"]} {to["Message-ID"]}".Trim().Replace(" ", "\n ", StringComparison.Ordinal))
            .Append("\nDate: Mon, 23 Nov 2026 06:10:00 +0000\n").Append(further)
            .Append("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n")
            .Append(text).Append("\n\nOn Mon, 23 Nov 2026 at 06:05, ").Append(to["From"]).Append(" wrote:\n");
        foreach (string line in to.Text("text/plain").TrimEnd('\n').Split('\n'))
            answer.Append("> ").Append(line).Append('\n');
        return answer.ToString();
    }
}
