namespace GossipSim.Scenarios.Files;

/// <summary>Guesses which of the known words somebody meant.</summary>
internal static class Suggestion
{
    /// <summary>Ready to append to a message: empty when no known word is near.</summary>
    public static string DidYouMean(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } near ? $"; did you mean \"{near}\"?" : "";

    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in known)
        {
            int distance = Distance(word, candidate);
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return bestDistance <= Math.Max(1, word.Length / 3) ? best : Containing(word, known);
    }

    /// <summary>Half of a name ("seed" for "randomSeed") is far by letters, yet near in meaning.</summary>
    private static string? Containing(string word, IEnumerable<string> known) => word.Length < 3
        ? null
        : known.FirstOrDefault(candidate => candidate.EndsWith(word, StringComparison.OrdinalIgnoreCase))
            ?? known.FirstOrDefault(candidate => candidate.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Edits (insert, delete, replace, swap of neighbors: Damerau 1964, "optimal string alignment") from one word to
    /// the other, letters compared without case.
    /// </summary>
    internal static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
            rows[i, 0] = i;
        for (int j = 0; j <= to.Length; j++)
            rows[0, j] = j;

        for (int i = 1; i <= from.Length; i++)
        {
            for (int j = 1; j <= to.Length; j++)
            {
                int replace = rows[i - 1, j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1);
                rows[i, j] = Math.Min(replace, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[from.Length, to.Length];
    }

    private static bool Same(char one, char other) => char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}
