using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Pipe.Testing.Http;

namespace Pipe.Faults.Desks;

/// <summary>A remote help desk that behaves as osTicket's API does: a message whose Message-ID it knows is no second ticket.</summary>
internal sealed class ApiDesk : Desk
{
    private readonly ConcurrentDictionary<string, byte[]> _messages = new();
    private readonly DeskServer _server;

    public ApiDesk()
    {
        _server = DeskServer.StartAsync().GetAwaiter().GetResult();
        _server.Answer = AnswerAsync;
    }

    public override void Configure(IDictionary<string, string> environment)
    {
        environment["PIPE_URL"] = _server.Url.ToString();
        environment["PIPE_KEY"] = "0123456789ABCDEF0123456789ABCDEF";
    }

    public override void AssertHolds(IReadOnlyCollection<TestMail> mails, int tickets)
    {
        Assert.Equal(tickets, _messages.Count);
        Assert.All(mails, mail => Assert.Equal(mail.Bytes, _messages[mail.MessageId]));
    }

    public override void Dispose()
    {
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        byte[] body = DeskServer.RequestOf(context).Body;
        string text = Encoding.Latin1.GetString(body);
        int start = text.IndexOf("\nMessage-ID: ", StringComparison.Ordinal) + 13;
        string messageId = text[start..text.IndexOf('\r', start)];
        _messages.TryAdd(messageId, body);
        return DeskServer.WriteAsync(context, 201, (100_000 + _messages.Count).ToString(CultureInfo.InvariantCulture));
    }
}
