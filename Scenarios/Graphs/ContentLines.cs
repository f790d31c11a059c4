namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// The lines of a list or table without comments: lines that begin with # or %, and what follows a # with a blank
/// before it, unless the line has quotation marks.
/// </summary>
internal sealed class ContentLines(LimitedLines lines)
{
    public int Number => lines.Number;

    /// <summary>Lines that are nothing but a comment.</summary>
    public int Comments { get; private set; }

    /// <summary>Lines with something else.</summary>
    public int Contents { get; private set; }

    /// <summary>The next line; empty where it is blank or a comment, null at the end.</summary>
    public string? Next()
    {
        if (lines.Next() is not { } line) return null;
        ReadOnlySpan<char> text = line.AsSpan().TrimStart();
        if (text.IsEmpty || IsSeparatorOfExcel(text)) return "";
        if (text[0] is '#' or '%')
        {
            Comments++;
            return "";
        }

        Contents++;
        int comment = line.Contains('#') && !line.Contains('"') ? CommentIn(line) : -1;
        return comment < 0 ? line : line[..comment];
    }

    /// <summary>The first line of a table for Excel, such as sep=; the rows tell the same.</summary>
    private bool IsSeparatorOfExcel(ReadOnlySpan<char> text) => Number == 1
        && text.Trim('"') is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', _, ..] && text.Trim('"').TrimEnd().Length <= 5;

    private static int CommentIn(string line)
    {
        for (int at = 1; at < line.Length; at++)
            if (line[at] == '#' && line[at - 1] is ' ' or '\t') return at;
        return -1;
    }
}
