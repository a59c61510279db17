using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pipe.Outgoing.Platform;

/// <summary>A program that was started with files as its standard streams.</summary>
/// <remarks>
/// Through a pipe, a program whose parent dies half-way reads half a message and takes it for the whole. From a file it reads all of it,
/// whatever becomes of the parent.
/// </remarks>
internal sealed class ChildProcess
{
    /// <summary>What <see cref="Wait"/> returns when somebody else has taken the exit code.</summary>
    public const int Unknown = -1;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(20);

    private readonly int _pid;

    private ChildProcess(int pid) => _pid = pid;

    /// <summary>Starts a program; no shell is involved.</summary>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its arguments, without its name.</param>
    /// <param name="input">Standard input, from its position on.</param>
    /// <param name="output">Standard output and standard error.</param>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static ChildProcess Start(string path, IReadOnlyList<string> arguments, SafeFileHandle input, SafeFileHandle output)
    {
        LibC.HearOfChildren();
        Span<byte> actions = stackalloc byte[LibC.FileActionsBytes];
        Check(LibC.InitFileActions(actions));
        try
        {
            Check(LibC.AddDup2(actions, (int)input.DangerousGetHandle(), 0));
            Check(LibC.AddDup2(actions, (int)output.DangerousGetHandle(), 1));
            Check(LibC.AddDup2(actions, (int)output.DangerousGetHandle(), 2));
            Check(LibC.Spawn(out int pid, path, actions, 0, [path, .. arguments, null], Environment()));
            return new ChildProcess(pid);
        }
        finally
        {
            _ = LibC.DestroyFileActions(actions);
            GC.KeepAlive(input);
            GC.KeepAlive(output);
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>
    /// The exit code, 128 and the signal if one ended it, or <see cref="Unknown"/>; <c>null</c> when the time is over and it still runs.
    /// </returns>
    public int? Wait(TimeSpan timeout)
    {
        long started = Stopwatch.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(0.2); ; pause = pause < LongestPause ? pause * 1.5 : LongestPause)
        {
            int ended = LibC.WaitPid(_pid, out int status, LibC.WaitNoHang);
            if (ended == _pid)
                return (status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F);
            if (ended < 0 && Marshal.GetLastPInvokeError() != LibC.EIntr)
                return Unknown;
            if (Stopwatch.GetElapsedTime(started) > timeout)
                return null;
            Thread.Sleep(pause);
        }
    }

    private static string?[] Environment()
    {
        var variables = new List<string?>();
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            variables.Add($"{variable.Key}={variable.Value}");
        variables.Add(null);
        return [.. variables];
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }
}
