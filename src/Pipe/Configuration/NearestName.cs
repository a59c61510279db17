namespace Pipe.Configuration;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>The candidate with the fewest letters inserted, left out or changed, or <c>null</c> when none is near.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int best = Math.Max(2, name.Length / 2) + 1;
        foreach (string candidate in candidates)
        {
            int distance = Distance(name, candidate);
            if (distance < best)
                (nearest, best) = (candidate, distance);
        }

        return nearest;
    }

    // Levenshtein's distance, without regard to case, a row at a time. Names are short; what is not short is no name.
    private static int Distance(string left, string right)
    {
        const int maxLength = 64;
        if (left.Length > maxLength || right.Length > maxLength)
            return int.MaxValue;

        Span<int> row = stackalloc int[maxLength + 1];
        for (int j = 0; j <= right.Length; j++)
            row[j] = j;

        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
