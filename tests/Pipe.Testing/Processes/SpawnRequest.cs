namespace Pipe.Testing.Processes;

/// <summary>What to start and how.</summary>
/// <param name="Executable">The path of the program.</param>
/// <param name="Arguments">Its arguments, without its name.</param>
public sealed record SpawnRequest(string Executable, params IReadOnlyList<string> Arguments)
{
    /// <summary>The whole environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The file that standard input is read from.</summary>
    public string InputFile { get; init; } = "/dev/null";

    /// <summary>The file that standard output and standard error are written to, from its beginning.</summary>
    public string OutputFile { get; init; } = "/dev/null";

    /// <summary>The current folder.</summary>
    public string Folder { get; init; } = "/";
}
