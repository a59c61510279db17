using System.Text.RegularExpressions;
using Pipe.Testing;

namespace Pipe.Tests;

/// <summary>The table of problems in <c>tests/README.md</c>.</summary>
public sealed partial class TableOfProblemsTests
{
    [Fact]
    public void Every_row_names_tests_and_every_name_is_that_of_a_test()
    {
        string tests = Path.Combine(RepositoryFiles.Root, "tests");
        var known = Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(path => TestName().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);
        string[] rows = [.. File.ReadLines(Path.Combine(tests, "README.md")).Where(line => Row().IsMatch(line))];

        Assert.Equal(25, rows.Length);
        foreach (string row in rows)
        {
            var names = QuotedName().Matches(row.Split('|')[4]).Select(match => match.Groups[1].Value).ToList();
            Assert.True(names.Count > 0, row);
            Assert.All(names, name => Assert.Contains(name, known));
        }
    }

    [GeneratedRegex(@"^\| [0-9]+ \|")]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z0-9]+(?:_[A-Za-z0-9]+){2,})`")]
    private static partial Regex QuotedName();

    [GeneratedRegex(@"(?:void|Task) ([A-Za-z0-9]+(?:_[A-Za-z0-9]+){2,})\(")]
    private static partial Regex TestName();
}
