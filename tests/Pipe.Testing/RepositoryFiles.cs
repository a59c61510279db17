using System.Reflection;

namespace Pipe.Testing;

/// <summary>Where the files of this repository are.</summary>
public static class RepositoryFiles
{
    /// <summary>The top folder.</summary>
    public static string Root { get; } = typeof(RepositoryFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The executable under test: the one that <c>PIPE_EXE</c> names, else the published one.</summary>
    public static string Executable { get; } = Environment.GetEnvironmentVariable("PIPE_EXE") is { Length: > 0 } path
        ? Path.GetFullPath(path)
        : Path.Combine(Root, "artifacts", "pipe");

    /// <summary>Why tests with the executable cannot run, or <c>null</c>.</summary>
    public static string? ExecutableMissing => File.Exists(Executable) ? null : $"{Executable} is missing: run src/publish.sh";

    /// <summary>Whether the long versions of tests are wanted (<c>PIPE_TEST_FULL=1</c>).</summary>
    public static bool RunsFull { get; } = Environment.GetEnvironmentVariable("PIPE_TEST_FULL") == "1";
}
