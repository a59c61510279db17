using System.Runtime.InteropServices;

namespace Pipe.Platform;

/// <summary>Makes the death of the process an exit with 75: Exim and Courier bounce the mail of a command that a signal killed.</summary>
/// <remarks>
/// An uncaught exception, <see cref="Environment.FailFast(string)"/> and running out of memory end in SIGABRT, an overflow of the
/// main thread's stack in SIGSEGV. The handlers are plain code without a transition into the runtime, so that they work in
/// whatever state it is in; all that they do is <c>_exit</c>, which may be called from a signal handler.
/// </remarks>
internal static unsafe class CrashGuard
{
    private const int SignalStackBytes = 64 * 1024;
    private const int FlagSignalInfo = 0x4;
    private const int FlagOnStack = 0x08000000;

    private const int SigSegmentation = 11;
    private const int SigPipe = 13;
    private const int SigFileSize = 25;

    // Where siginfo_t keeps the address of a fault.
    private const int FaultAddressOffset = 16;

    // The runtime makes a NullReferenceException of a fault in the first pages, and only there.
    private const nuint NullPagesBytes = 64 * 1024;

    // All whose default is to end the process, but for KILL, which nobody can handle, and for those below. HUP, INT, QUIT, ILL,
    // TRAP, ABRT, BUS, USR1, USR2, ALRM, TERM, STKFLT, XCPU, VTALRM, PROF, IO, PWR, SYS.
    private static ReadOnlySpan<byte> DeadlySignals => [1, 2, 3, 4, 5, 6, 7, 10, 12, 14, 15, 16, 24, 26, 27, 29, 30, 31];

    private const int Undecided = -1;

    private static volatile int _answer = Undecided;
    private static delegate* unmanaged[SuppressGCTransition]<int, void> _exit;
    private static delegate* unmanaged[SuppressGCTransition]<int, nint, nint, void> _runtimeFaultHandler;

    /// <summary>What the mail system will be told, once that is decided; the death of the process does not change it any more.</summary>
    public static ExitCode? Answer
    {
        get => _answer is var answer and >= 0 ? (ExitCode)answer : null;
        set => _answer = (int?)value ?? Undecided;
    }

    /// <summary>Installs the handlers. From here on the process ends with 75 unless it says otherwise.</summary>
    public static void Arm()
    {
        nint library = NativeLibrary.GetMainProgramHandle();
        if (!NativeLibrary.TryGetExport(library, "_exit", out nint exit))
            return;

        _exit = (delegate* unmanaged[SuppressGCTransition]<int, void>)exit;
        SetSignalStack();

        nint handler = (nint)(delegate*<int, nint, nint, void>)&Exit;
        foreach (byte signal in DeadlySignals)
            SetHandler(signal, handler, null);

        // A full pipe or a file-size limit is then an error of the call, which is handled where it happens.
        SetHandler(SigPipe, 1, null);
        SetHandler(SigFileSize, 1, null);

        Libc.SignalAction runtime;
        SetHandler(SigSegmentation, (nint)(delegate*<int, nint, nint, void>)&OnFault, &runtime);
        _runtimeFaultHandler = (delegate* unmanaged[SuppressGCTransition]<int, nint, nint, void>)runtime.Handler;
    }

    // The runtime's handler runs on the thread's own stack, and there is none left when that has overflowed.
    private static void SetSignalStack()
    {
        var stack = new Libc.SignalStack { Base = (nint)NativeMemory.Alloc(SignalStackBytes), Size = SignalStackBytes };
        _ = Libc.SetSignalStack(&stack, null);
    }

    private static void SetHandler(int signal, nint handler, Libc.SignalAction* previous)
    {
        var action = new Libc.SignalAction { Handler = handler, Flags = FlagSignalInfo | FlagOnStack };
        _ = Libc.SetSignalAction(signal, &action, previous);
    }

    private static void Exit(int signal, nint information, nint context) => Exit();

    private static void Exit() => _exit(_answer is var answer and >= 0 ? answer : (int)ExitCode.TempFail);

    private static void OnFault(int signal, nint information, nint context)
    {
        nuint address = *(nuint*)(information + FaultAddressOffset);
        if (address >= NullPagesBytes || (nint)_runtimeFaultHandler is 0 or 1)
            Exit();

        nint instruction = *InstructionPointer(context);
        _runtimeFaultHandler(signal, information, context);
        if (*InstructionPointer(context) == instruction)
            Exit();
    }

    // ucontext_t.uc_mcontext: on x86-64 the register RIP, on AArch64 the field pc.
    private static nint* InstructionPointer(nint context) =>
        (nint*)(context + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 176 + 8 + 31 * 8 + 8 : 168));
}
