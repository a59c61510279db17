using System.Runtime.InteropServices;

namespace Pipe.Platform;

/// <summary>The time of day where the machine stands.</summary>
/// <remarks>The C library knows the time zone at the price of one small file; .NET reads the whole data base of time zones.</remarks>
internal static unsafe partial class LocalClock
{
    /// <summary>The time now with the local offset from UTC.</summary>
    public static DateTimeOffset Now
    {
        get
        {
            var now = DateTimeOffset.UtcNow;
            long seconds = now.ToUnixTimeSeconds();
            BrokenDownTime local;
            return BreakDown(&seconds, &local) == null ? now : now.ToOffset(TimeSpan.FromMinutes(local.OffsetSeconds / 60));
        }
    }

    [LibraryImport("libc", EntryPoint = "localtime_r")]
    private static partial BrokenDownTime* BreakDown(long* seconds, BrokenDownTime* result);

    /// <summary><c>struct tm</c> of 64-bit Linux, of which only the offset is used.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BrokenDownTime
    {
        public fixed int Fields[9];
        public long OffsetSeconds;
        public nint Zone;
    }
}
