namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>What the laboratory needs: the unpacked mail systems, the published executable, the rights to start them.</summary>
internal static class LabPackages
{
    public static string RepositoryRoot { get; } = FindRoot();

    public static string Scripts { get; } = Path.Combine(RepositoryRoot, "tests", "Pipe.MailSystems.Tests", "Laboratory", "scripts");

    /// <summary>The published executable; <c>PIPE_EXE</c> names another.</summary>
    public static string Executable =>
        Environment.GetEnvironmentVariable("PIPE_EXE") ?? Path.Combine(RepositoryRoot, "artifacts", "pipe");

    public static string Tree(string name) => Path.Combine(RepositoryRoot, "artifacts", "mail-systems", name);

    /// <summary>Why the laboratory cannot run with this package tree, or <c>null</c>.</summary>
    public static string? WhyNot(string? tree)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return "the laboratory of mail systems needs root on Linux";
        if (!File.Exists(Executable))
            return $"there is no published executable ({Executable}); run src/publish.sh";
        if (tree is not null && !File.Exists(Tree(tree) + ".done"))
            return $"the package of {tree} is not there; run tests/Pipe.MailSystems.Tests/setup.sh";
        return null;
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Pipe.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("the tests do not lie in the repository");
    }
}
