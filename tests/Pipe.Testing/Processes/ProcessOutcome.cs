namespace Pipe.Testing.Processes;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">The exit code; 128 and the signal's number when a signal ended it.</param>
/// <param name="Cpu">The processor time that it took.</param>
public readonly record struct ProcessOutcome(int ExitCode, TimeSpan Cpu);
