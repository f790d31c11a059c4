namespace GossipSim.Scenarios.Graphs;

/// <summary>A row of the beginning of a list or table.</summary>
internal sealed record SampleRow(int Line, string[] Cells);

/// <summary>The rows at the beginning of a list or table, from which its separator and its kind are told.</summary>
internal sealed class SampleRows
{
    private static readonly char[] separators = ['\t', ';', ','];

    private SampleRows(char separator, IReadOnlyList<SampleRow> rows, bool isWhole, int comments) =>
        (Separator, Rows, IsWhole, Comments) = (separator, rows, isWhole, comments);

    /// <summary>A blank stands for any number of blanks and tabs.</summary>
    public char Separator { get; }

    public IReadOnlyList<SampleRow> Rows { get; }

    /// <summary>Whether there are no other rows.</summary>
    public bool IsWhole { get; }

    /// <summary>Lines that are nothing but a comment.</summary>
    public int Comments { get; }

    /// <summary>Whether all rows with more than one cell have the same number of them.</summary>
    public int? CommonWidth
    {
        get
        {
            int[] widths = [.. Rows.Select(row => row.Cells.Length).Where(width => width > 1).Distinct().Take(2)];
            return widths is [var width] ? width : null;
        }
    }

    public static SampleRows Of(BegunText text, InputSource source)
    {
        ReadOnlySpan<char> beginning = text.Beginning;
        if (!text.IsWhole)
        {
            int end = beginning.LastIndexOf('\n');
            beginning = end < 0 ? beginning : beginning[..(end + 1)];
        }

        string sample = beginning.ToString();
        char separator = SeparatorOf(sample, source);
        var lines = new ContentLines(new LimitedLines(new StringReader(sample), source));
        using var rows = Graphs.Rows.Of(lines, separator, source);
        var read = new List<SampleRow>();
        while (rows.Next()) read.Add(new SampleRow(rows.Line, rows.ToArray()));
        return new SampleRows(separator, read, text.IsWhole, lines.Comments);
    }

    /// <summary>The tab, semicolon or comma that most lines have, outside of quotes; a blank if none has any.</summary>
    private static char SeparatorOf(string sample, InputSource source)
    {
        var lines = new ContentLines(new LimitedLines(new StringReader(sample), source));
        var counts = new int[separators.Length];
        string? first = null;
        int severalWords = 0;
        bool separatesDecimalsOnly = true;
        while (lines.Next() is { } line)
        {
            string bare = Bare(line);
            if (bare.Length == 0) continue;
            first ??= bare;
            if (bare.AsSpan().ContainsAny(" \t")) severalWords++;
            for (int i = 0; i < separators.Length; i++)
                if (bare.Contains(separators[i])) counts[i]++;
            separatesDecimalsOnly &= bare.AsSpan().ContainsAny(" \t") && HasDecimalCommasOnly(bare);
        }

        // Tabs between words that blanks separate elsewhere are blanks too.
        if (counts[0] < severalWords) counts[0] = 0;
        if (separatesDecimalsOnly) counts[^1] = 0;
        int best = Enumerable.Range(0, counts.Length)
            .MaxBy(i => (counts[i], first?.Contains(separators[i]) ?? false));
        return counts[best] == 0 ? ' ' : separators[best];
    }

    /// <summary>The line without what is in quotes, and without the data that networkx writes behind an edge.</summary>
    private static string Bare(string line)
    {
        int data = line.IndexOf('{', StringComparison.Ordinal);
        if (data > 0) line = line[..data];
        bool isQuoted = false;
        return string.Concat(line.Where(letter =>
        {
            isQuoted ^= letter == '"';
            return !isQuoted;
        })).Trim();
    }

    private static bool HasDecimalCommasOnly(string line)
    {
        for (int at = 0; at < line.Length; at++)
        {
            if (line[at] == ','
                && !(at > 0 && at + 1 < line.Length && char.IsAsciiDigit(line[at - 1])
                    && char.IsAsciiDigit(line[at + 1])))
                return false;
        }

        return true;
    }
}
