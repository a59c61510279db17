namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>How a command in the laboratory ended.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The output; a failure of the command fails the test.</summary>
    public string Text => ExitCode == 0
        ? Output
        : throw new InvalidOperationException($"exit code {ExitCode}\n{Output}\n{Errors}");
}
