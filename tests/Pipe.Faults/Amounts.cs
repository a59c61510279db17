namespace Pipe.Faults;

/// <summary>How much a family of tests does: a sample in the plain run, everything with PIPE_TEST_FULL=1.</summary>
internal static class Amounts
{
    public static int Of(int plain, int full) => RepositoryFiles.RunsFull ? full : plain;
}
