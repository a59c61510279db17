namespace Pipe.MySql.Tests;

/// <summary>How much the long tests do: PIPE_TEST_FULL=1 asks for all of it.</summary>
internal static class TestScale
{
    public static bool IsFull => Environment.GetEnvironmentVariable("PIPE_TEST_FULL") == "1";

    /// <summary>Where figures go, if anywhere: a file that PIPE_TEST_FIGURES names.</summary>
    public static void Report(string line)
    {
        if (Environment.GetEnvironmentVariable("PIPE_TEST_FIGURES") is { Length: > 0 } file)
            File.AppendAllText(file, line + "\n");
    }
}
