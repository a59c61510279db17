using System.Reflection;

namespace Pipe.EndToEnd;

/// <summary>Where the files of this repository lie.</summary>
internal static class Repository
{
    /// <summary>The top folder.</summary>
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The published executable.</summary>
    public static string Executable { get; } = Path.Combine(Root, "artifacts", "pipe");

    /// <summary>The sample messages.</summary>
    public static string Messages { get; } = Path.Combine(Root, "samples", "messages");

    /// <summary>Says what to do where the executable is missing; <c>tests/run.sh</c> makes it first.</summary>
    public static string? SkipReason => File.Exists(Executable) ? null : "artifacts/pipe is missing: run src/publish.sh";

    /// <summary>A sample message.</summary>
    public static byte[] Message(string name) => File.ReadAllBytes(Path.Combine(Messages, name));
}
