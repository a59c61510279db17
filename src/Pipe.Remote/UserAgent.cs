using System.Net.Http.Headers;

namespace Pipe.Remote;

/// <summary>How this program introduces itself to servers.</summary>
internal static class UserAgent
{
    public static ProductInfoHeaderValue Value { get; } =
        new("pipe", typeof(UserAgent).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0");
}
