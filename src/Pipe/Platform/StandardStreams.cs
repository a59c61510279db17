namespace Pipe.Platform;

/// <summary>The three descriptors that every process starts with, as the mail system left them.</summary>
internal static unsafe class StandardStreams
{
    private const int GetDescriptorFlags = 1;
    private const int FlagCloseOnExec = 1;
    private const int DuplicateCloseOnExec = 1030;

    /// <summary>Whether standard error is a terminal: a person is looking.</summary>
    public static bool ErrorIsTerminal { get; private set; }

    /// <summary>Whether the caller has handed over no standard input at all.</summary>
    public static bool InputIsMissing { get; private set; }

    /// <summary>The standard error that the process was started with; -1 when there was none.</summary>
    public static int OriginalError { get; private set; } = Libc.StandardError;

    /// <summary>
    /// Makes standard output and standard error swallow everything, and keeps their numbers (and that of standard input) from
    /// being given to the next file opened.
    /// </summary>
    /// <remarks>
    /// With Exim's <c>return_output</c> a single byte is a bounce, and Postfix leaves a pipe there that can block for ever. After
    /// this not even the runtime's last words about a crash get out.
    /// </remarks>
    public static void Silence()
    {
        InputIsMissing = !IsInherited(Libc.StandardInput);
        if (Libc.Control(Libc.StandardInput, GetDescriptorFlags, 0) < 0)
            _ = Libc.Open("/dev/null", Libc.OpenReadWrite, 0);

        // Taken while 1 and 2 are as they were, and above them even where they were closed.
        OriginalError = IsInherited(Libc.StandardError)
            ? Libc.Control(Libc.StandardError, DuplicateCloseOnExec, Libc.StandardError + 1)
            : -1;

        int nowhere = OpenNowhere();
        foreach (int descriptor in (ReadOnlySpan<int>)[Libc.StandardOutput, Libc.StandardError])
        {
            if (IsInherited(descriptor) || Libc.Control(descriptor, GetDescriptorFlags, 0) < 0)
                _ = Libc.Duplicate(nowhere, descriptor);
        }

        if (nowhere > Libc.StandardError)
            _ = Libc.Close(nowhere);
    }

    /// <summary>Notes whether a person is looking. To be called before <see cref="Silence"/>.</summary>
    public static void Inspect() => ErrorIsTerminal = Libc.IsTerminal(Libc.StandardError) == 1;

    // Where the caller has closed one of the three, the runtime has got its number for a file of its own by now: its source of
    // random numbers. That must be left alone. It is known by the flag, which nothing that was handed over can have.
    private static bool IsInherited(int descriptor) =>
        Libc.Control(descriptor, GetDescriptorFlags, 0) is var flags and >= 0 && (flags & FlagCloseOnExec) == 0;

    // In a jail without /dev a pipe that nobody reads does the same.
    private static int OpenNowhere()
    {
        int descriptor = Libc.Open("/dev/null", Libc.OpenReadWrite | Libc.OpenCloseOnExec, 0);
        if (descriptor >= 0)
            return descriptor;

        int* ends = stackalloc int[2];
        if (Libc.Pipe(ends) != 0)
            return descriptor;
        _ = Libc.Close(ends[0]);
        return ends[1];
    }
}
