using System.Text;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>The table system × case, written anew after every result to <c>artifacts/mail-systems.txt</c>.</summary>
internal static class ResultTable
{
    private static readonly object Gate = new();
    private static readonly SortedDictionary<string, Dictionary<string, string>> Rows = new(StringComparer.Ordinal);
    private static readonly List<string> Columns = ["delivered", "envelope", "store down", "hostile", "killed before", "killed in commit", "killed after", "API down"];

    /// <summary>Runs a case and notes how it went.</summary>
    public static void Record(string system, string column, Func<string> test)
    {
        try
        {
            Set(system, column, test());
        }
        catch (Exception ex) when (ex is not Xunit.Sdk.SkipException)
        {
            Set(system, column, "FAILED");
            throw;
        }
    }

    private static void Set(string system, string column, string result)
    {
        lock (Gate)
        {
            if (!Columns.Contains(column))
                Columns.Add(column);
            if (!Rows.TryGetValue(system, out var row))
                Rows.Add(system, row = []);
            row[column] = result;
            File.WriteAllText(Path.Combine(LabPackages.RepositoryRoot, "artifacts", "mail-systems.txt"), Render());
        }
    }

    private static string Render()
    {
        int first = Rows.Keys.Max(name => name.Length) + 2;
        var text = new StringBuilder("mail system".PadRight(first));
        foreach (string column in Columns)
            text.Append(column.PadRight(Width(column)));
        foreach (var (system, row) in Rows)
        {
            text.Append('\n').Append(system.PadRight(first));
            foreach (string column in Columns)
                text.Append((row.GetValueOrDefault(column) ?? "-").PadRight(Width(column)));
        }

        return text.Append('\n').ToString();
    }

    private static int Width(string column) =>
        2 + Math.Max(column.Length, Rows.Values.Max(row => row.GetValueOrDefault(column)?.Length ?? 1));
}
