using System.Text;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>Does what a printed recipe says: the parts that begin with three dashes.</summary>
internal static class RecipeScript
{
    /// <summary>Carries the recipe out.</summary>
    /// <param name="root">The machine.</param>
    /// <param name="recipe">What <c>pipe setup</c> printed.</param>
    /// <param name="account">The account whose home folder <c>~</c> is.</param>
    /// <returns>What the recipe says to enter into a form, or <c>null</c>.</returns>
    public static string? Apply(LabRoot root, string recipe, string account)
    {
        string? entered = null;
        foreach (var (head, body) in Steps(recipe))
        {
            string home = "~" + account;
            if (head == "as root:")
                _ = root.Shell("set -e\n" + body).Text;
            else if (Between(head, "add to ", ":") is { } file)
                _ = root.Run(Encoding.UTF8.GetBytes(body), "bash", "-c", $"cat >> {file}").Text;
            else if (Between(head, "file ", " (mode ") is { } created)
                Create(root, created.StartsWith("~/", StringComparison.Ordinal) ? home + created[1..] : created, Between(head, " (mode ", "):", search: true)!, body, account);
            else if (Between(head, "insert into ", " after \"") is { } target)
                Insert(root, target, Between(head, " after \"", "\":", search: true)!, body);
            else if (head.StartsWith("enter as ", StringComparison.Ordinal))
                entered = body.Trim();
            else
                throw new InvalidOperationException("a step that nobody can follow: " + head);
        }

        return entered;
    }

    private static void Create(LabRoot root, string path, string mode, string body, string account)
    {
        string own = path.StartsWith("~" + account + "/", StringComparison.Ordinal) ? $"chown {account}: {path} $(dirname {path})" : "true";
        _ = root.Run(
            Encoding.UTF8.GetBytes(body), "bash", "-c", $"set -e; mkdir -p $(dirname {path}); cat > {path}; chmod {mode} {path}; {own}").Text;
    }

    private static void Insert(LabRoot root, string path, string line, string body) =>
        _ = root.Run(
            Encoding.UTF8.GetBytes(body), "bash", "-c",
            $"set -e; grep -qx '{line}' {path}; cat > /tmp/insert; sed -i '/^{line}$/r /tmp/insert' {path}").Text;

    private static IEnumerable<(string Head, string Body)> Steps(string recipe)
    {
        string? head = null;
        var body = new StringBuilder();
        foreach (string line in recipe.Split('\n').Append(""))
        {
            if (line.StartsWith("--- ", StringComparison.Ordinal))
            {
                head = line[4..];
                body.Clear();
            }
            else if (head is not null && line.Length == 0 && !BelongsToFile(head, body))
            {
                yield return (head, body.ToString());
                head = null;
            }
            else if (head is not null)
            {
                body.Append(line).Append('\n');
            }
        }
    }

    // A blank line ends a step, but not a file in sections (getmail's).
    private static bool BelongsToFile(string head, StringBuilder body) =>
        head.Contains("getmailrc", StringComparison.Ordinal) && !body.ToString().Contains("[options]", StringComparison.Ordinal);

    private static string? Between(string text, string before, string after, bool search = false)
    {
        int start = search ? text.IndexOf(before, StringComparison.Ordinal) : text.StartsWith(before, StringComparison.Ordinal) ? 0 : -1;
        int end = start < 0 ? -1 : text.IndexOf(after, start + before.Length, StringComparison.Ordinal);
        return end < 0 ? null : text[(start + before.Length)..end];
    }
}
