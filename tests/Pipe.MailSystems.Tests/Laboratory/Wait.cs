using System.Diagnostics;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>Mail systems work on their own; tests look until they see what they wait for.</summary>
internal static class Wait
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static void Until(Func<bool> condition, string what, Func<string>? details = null)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > Limit)
                Assert.Fail($"not seen within {Limit.TotalSeconds} s: {what}\n{details?.Invoke()}");
            Thread.Sleep(50);
        }
    }
}
