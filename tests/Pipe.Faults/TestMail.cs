using System.Globalization;
using System.Text;

namespace Pipe.Faults;

/// <summary>A mail of a test: known by its Message-ID, with files whose bytes are known.</summary>
internal sealed record TestMail(string MessageId, byte[] Bytes, IReadOnlyList<byte[]> Files)
{
    private const int LineBytes = 57;

    /// <summary>Makes a mail.</summary>
    /// <param name="id">The left half of its Message-ID; the sender and the text follow from it.</param>
    /// <param name="inReplyTo">The Message-ID that it answers, if it answers one.</param>
    /// <param name="fileSizes">The sizes of its files.</param>
    /// <param name="sender">The sender's address; one of 40 customers by default.</param>
    public static TestMail Create(string id, string? inReplyTo = null, IReadOnlyList<int>? fileSizes = null, string? sender = null)
    {
        int seed = id.Aggregate(17, (hash, c) => unchecked(hash * 31 + c));
        var random = new Random(seed);
        sender ??= string.Create(CultureInfo.InvariantCulture, $"customer{random.Next(40)}@customer.test");
        string messageId = $"<{id}@customer.test>";
        var files = (fileSizes ?? []).Select(size => RandomBytes(random, size)).ToList();

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"From: Customer <{sender}>\r\nTo: Support <{OsTicketInstallation.SystemEmail}>\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Subject: Question {id}\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\nMessage-ID: {messageId}\r\n");
        if (inReplyTo is not null)
            text.Append(CultureInfo.InvariantCulture, $"In-Reply-To: {inReplyTo}\r\nReferences: {inReplyTo}\r\n");
        text.Append("MIME-Version: 1.0\r\n");
        string body = string.Create(CultureInfo.InvariantCulture, $"This is the text of {id}.\r\n");
        if (files.Count == 0)
        {
            text.Append("Content-Type: text/plain; charset=utf-8\r\n\r\n").Append(body);
            return new TestMail(messageId, Encoding.ASCII.GetBytes(text.ToString()), files);
        }

        text.Append("Content-Type: multipart/mixed; boundary=\"b-o-u-n-d\"\r\n\r\n--b-o-u-n-d\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n").Append(body);
        for (int i = 0; i < files.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"--b-o-u-n-d\r\nContent-Type: application/octet-stream; name=\"file{i}.bin\"\r\n");
            text.Append(CultureInfo.InvariantCulture, $"Content-Disposition: attachment; filename=\"file{i}.bin\"\r\nContent-Transfer-Encoding: base64\r\n\r\n");
            for (int at = 0; at < files[i].Length; at += LineBytes)
                text.Append(Convert.ToBase64String(files[i], at, Math.Min(LineBytes, files[i].Length - at))).Append("\r\n");
        }

        text.Append("--b-o-u-n-d--\r\n");
        return new TestMail(messageId, Encoding.ASCII.GetBytes(text.ToString()), files);
    }

    private static byte[] RandomBytes(Random random, int size)
    {
        byte[] bytes = new byte[size];
        random.NextBytes(bytes);
        return bytes;
    }
}
