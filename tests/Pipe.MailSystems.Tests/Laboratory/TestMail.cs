using System.Text;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>A mail from a customer with a Message-ID and a subject of its own.</summary>
internal sealed class TestMail
{
    private TestMail(string name)
    {
        string id = Guid.NewGuid().ToString("N");
        MessageId = $"<{id}@customer.test>";
        Subject = $"{name} {id[..8]}";
        Bytes = Encoding.ASCII.GetBytes(
            $"From: Carla Customer <customer@lab.test>\nTo: Support <{HelpDesk.Address}>\nSubject: {Subject}\nMessage-ID: {MessageId}\n"
            + "Date: Mon, 23 Nov 2026 06:00:00 +0000\n\nThe printer is on fire.\n.\nFrom here on it gets worse.\n");
    }

    public string MessageId { get; }

    public string Subject { get; }

    public byte[] Bytes { get; }

    public static TestMail Create(string name) => new(name);
}
