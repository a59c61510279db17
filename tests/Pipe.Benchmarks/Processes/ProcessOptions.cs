namespace Pipe.Benchmarks.Processes;

/// <summary>What to measure.</summary>
/// <param name="Executable">The published executable.</param>
/// <param name="Growth">Whether stores with up to a million entries are filled and measured too, which takes minutes.</param>
/// <param name="Others">Shell commands that do the same job, such as "php /var/www/osticket/api/pipe.php".</param>
internal sealed record ProcessOptions(string Executable, bool Growth, IReadOnlyList<string> Others)
{
    /// <summary>Reads <c>[--no-growth] [--other COMMAND]...</c>.</summary>
    public static ProcessOptions Parse(ReadOnlySpan<string> arguments)
    {
        bool growth = true;
        var others = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--no-growth")
                growth = false;
            else if (arguments[i] == "--other" && i + 1 < arguments.Length)
                others.Add(arguments[++i]);
            else
                throw new ArgumentException($"{arguments[i]} means nothing here; usage: processes [--no-growth] [--other COMMAND]...");
        }

        return new ProcessOptions(RepositoryFiles.Executable, growth, others);
    }
}
