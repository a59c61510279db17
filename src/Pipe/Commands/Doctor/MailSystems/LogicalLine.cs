namespace Pipe.Commands.Doctor.MailSystems;

/// <summary>A line of a configuration file with the lines that continue it.</summary>
/// <param name="Number">The number of the first, counted from 1.</param>
/// <param name="Text">The text, without a carriage return at its end.</param>
/// <param name="HasCarriageReturn">Whether there was one, as editors on Windows leave it.</param>
internal readonly record struct LogicalLine(int Number, string Text, bool HasCarriageReturn)
{
    /// <summary>The lines of a file that say something; comments and empty lines are left out.</summary>
    /// <param name="lines">The lines as they are in the file.</param>
    /// <param name="isFolded">Whether a line that begins with a blank continues the one before (Postfix).</param>
    public static IReadOnlyList<LogicalLine> Read(string[] lines, bool isFolded)
    {
        var result = new List<LogicalLine>();
        for (int i = 0; i < lines.Length; i++)
        {
            string text = lines[i].TrimEnd('\r');
            if (string.IsNullOrWhiteSpace(text) || text.TrimStart()[0] == '#')
                continue;
            bool hasReturn = text.Length < lines[i].Length;
            if (isFolded && char.IsWhiteSpace(text[0]) && result.Count > 0)
                result[^1] = result[^1] with { Text = result[^1].Text + " " + text.Trim(), HasCarriageReturn = result[^1].HasCarriageReturn | hasReturn };
            else
                result.Add(new(i + 1, text.Trim(), hasReturn));
        }

        return result;
    }
}
