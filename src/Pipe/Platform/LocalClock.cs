using System.Runtime.InteropServices;

namespace Pipe.Platform;

/// <summary>The time of day where the machine stands.</summary>
/// <remarks>The C library knows the time zone at the price of one small file; .NET reads the whole data base of time zones.</remarks>
internal static unsafe partial class LocalClock
{
    private const int MaxOffsetMinutes = 14 * 60;

    /// <summary>The time now with the local offset from UTC.</summary>
    public static DateTimeOffset Now
    {
        get
        {
            var now = DateTimeOffset.UtcNow;
            long seconds = now.ToUnixTimeSeconds();
            BrokenDownTime local;
            if (BreakDown(&seconds, &local) == null)
                return now;

            // TZ may claim more than .NET can represent: POSIX allows 24 hours, the C library 167.
            long minutes = local.OffsetSeconds / 60;
            return Math.Abs(minutes) <= MaxOffsetMinutes ? now.ToOffset(TimeSpan.FromMinutes(minutes)) : now;
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
