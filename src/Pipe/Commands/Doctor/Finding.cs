namespace Pipe.Commands.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Area">What it belongs to: configuration, store, api, log ...</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Text">What is so, in one sentence.</param>
/// <param name="Remedy">The exact line to write or command to run, or <c>null</c>.</param>
internal sealed record Finding(string Area, Severity Severity, string Text, string? Remedy);
