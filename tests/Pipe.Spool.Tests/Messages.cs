using System.Text;

namespace Pipe.Spool.Tests;

internal static class Messages
{
    public static RawMessage Raw(string text) => Raw(Encoding.Latin1.GetBytes(text));

    public static RawMessage Raw(byte[] bytes, RawMessageOptions? options = null) =>
        RawMessage.ReadAsync(new MemoryStream(bytes), options ?? new RawMessageOptions()).GetAwaiter().GetResult();

    public static string Mail(int number) => $"From: a{number}@example.test\nSubject: {number}\n\nText {number}\n";
}
