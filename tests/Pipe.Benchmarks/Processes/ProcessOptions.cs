namespace Pipe.Benchmarks.Processes;

/// <summary>What to measure.</summary>
/// <param name="Executable">The published executable.</param>
/// <param name="Growth">Whether stores with up to a million entries are filled and measured too, which takes minutes.</param>
/// <param name="Only">The one table to print; all of them when <c>null</c>.</param>
/// <param name="Others">Shell commands that do the same job, such as "php /var/www/osticket/api/pipe.php".</param>
internal sealed record ProcessOptions(string Executable, bool Growth, string? Only, IReadOnlyList<string> Others)
{
    /// <summary>Reads <c>[--no-growth] [--only TABLE] [--other COMMAND]...</c>.</summary>
    public static ProcessOptions Parse(ReadOnlySpan<string> arguments)
    {
        bool growth = true;
        string? only = null;
        var others = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--no-growth")
                growth = false;
            else if (arguments[i] == "--only" && i + 1 < arguments.Length)
                only = arguments[++i];
            else if (arguments[i] == "--other" && i + 1 < arguments.Length)
                others.Add(arguments[++i]);
            else
                throw new ArgumentException($"{arguments[i]} means nothing here; usage: [--no-growth] [--only TABLE] [--other COMMAND]...");
        }

        return new ProcessOptions(RepositoryFiles.Executable, growth, only, others);
    }

    /// <summary>Whether a table is wanted.</summary>
    public bool Prints(string table) => Only is null || Only == table;
}
