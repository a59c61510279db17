using System.Runtime.InteropServices;

namespace Pipe.Testing.Processes;

/// <summary>A process that is started as cheaply as can be, so that thousands of them can be.</summary>
public sealed class SpawnedProcess
{
    private ProcessOutcome? _outcome;

    private SpawnedProcess(int id) => Id = id;

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>Starts a process. All signals are as a shell would leave them.</summary>
    /// <exception cref="InvalidOperationException">The program cannot be started.</exception>
    public static unsafe SpawnedProcess Start(SpawnRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        byte* fileActions = stackalloc byte[Posix.FileActionsBytes];
        byte* attributes = stackalloc byte[Posix.AttributesBytes];
        byte* signals = stackalloc byte[Posix.SignalSetBytes];

        _ = Posix.InitialiseFileActions(fileActions);
        _ = Posix.AddOpen(fileActions, 0, request.InputFile, Posix.ReadOnly, 0);
        _ = Posix.AddOpen(fileActions, 1, request.OutputFile, Posix.WriteOnly | Posix.Create | Posix.Truncate, 0x1A4);
        _ = Posix.AddDuplicate(fileActions, 1, 2);
        _ = Posix.AddChangeFolder(fileActions, request.Folder);

        _ = Posix.InitialiseAttributes(attributes);
        _ = Posix.SetFlags(attributes, Posix.SetSignalDefaults | Posix.SetSignalMask);
        new Span<byte>(signals, Posix.SignalSetBytes).Clear();
        _ = Posix.SetMask(attributes, signals);
        new Span<byte>(signals, Posix.SignalSetBytes).Fill(0xFF);
        _ = Posix.SetDefaults(attributes, signals);

        nint[] arguments = Allocate([request.Executable, .. request.Arguments]);
        nint[] environment = Allocate([.. request.Environment.Select(pair => pair.Key + "=" + pair.Value)]);
        try
        {
            fixed (nint* argv = arguments, envp = environment)
            {
                int error = Posix.Spawn(out int pid, request.Executable, fileActions, attributes, argv, envp);
                return error == 0
                    ? new SpawnedProcess(pid)
                    : throw new InvalidOperationException($"{request.Executable} cannot be started: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
        finally
        {
            _ = Posix.DestroyFileActions(fileActions);
            Free(arguments);
            Free(environment);
        }
    }

    /// <summary>Starts a process and waits for its end.</summary>
    public static ProcessOutcome Run(SpawnRequest request) => Start(request).Wait();

    /// <summary>Waits for the end.</summary>
    public ProcessOutcome Wait() => _outcome ??= Collect(0) ?? throw new InvalidOperationException("the process has no end");

    /// <summary>Waits for the end, but no longer than this; then it is <c>null</c>.</summary>
    public ProcessOutcome? Wait(TimeSpan patience)
    {
        long until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (_outcome is null && (_outcome = Collect(Posix.NoHang)) is null && Environment.TickCount64 < until)
            Thread.Sleep(2);
        return _outcome;
    }

    /// <summary>Sends a signal; SIGKILL by default.</summary>
    public void Kill(int signal = 9)
    {
        if (_outcome is null)
            _ = Posix.Kill(Id, signal);
    }

    private ProcessOutcome? Collect(int options)
    {
        int pid, status;
        Posix.ResourceUsage usage;
        do
        {
            pid = Posix.Wait(Id, out status, options, out usage);
        }
        while (pid < 0 && Marshal.GetLastPInvokeError() == 4);      // EINTR
        if (pid != Id)
            return null;

        int signal = status & 0x7F;
        return new ProcessOutcome(
            signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
            TimeSpan.FromSeconds(usage.UserSeconds + usage.SystemSeconds) + TimeSpan.FromMicroseconds(usage.UserMicroseconds + usage.SystemMicroseconds));
    }

    private static nint[] Allocate(string[] texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];

    private static void Free(nint[] texts)
    {
        foreach (nint text in texts)
            Marshal.FreeCoTaskMem(text);
    }
}
