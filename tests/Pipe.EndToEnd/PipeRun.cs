using System.Text;

namespace Pipe.EndToEnd;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal when one killed it.</param>
/// <param name="Output">Everything on standard output.</param>
/// <param name="Error">Everything on standard error.</param>
internal sealed record PipeRun(int ExitCode, byte[] Output, byte[] Error)
{
    public string OutputText => Encoding.UTF8.GetString(Output);

    public string ErrorText => Encoding.UTF8.GetString(Error);

    /// <summary>Asserts the exit code and that not one byte was written.</summary>
    public void AssertSilent(int exitCode)
    {
        Assert.Equal("", OutputText);
        Assert.Equal("", ErrorText);
        Assert.Equal(exitCode, ExitCode);
    }
}
