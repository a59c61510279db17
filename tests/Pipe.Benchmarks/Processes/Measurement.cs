namespace Pipe.Benchmarks.Processes;

/// <summary>What runs of one command took: medians of wall clock and processor time, the largest memory, and the time of all together.</summary>
/// <param name="Wall">Wall clock of one run, in milliseconds.</param>
/// <param name="Cpu">Processor time of one run, in milliseconds.</param>
/// <param name="PeakMebibytes">The largest peak of memory.</param>
/// <param name="PerSecond">Runs per second.</param>
/// <param name="Failures">The runs that did not end with 0.</param>
internal sealed record Measurement(double Wall, double Cpu, double PeakMebibytes, double PerSecond, int Failures);
