namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Cells with blanks or tabs between them. A cell may be in quotation marks; from a { on, such as the data that
/// networkx writes behind an edge, the rest of the line is one cell.
/// </summary>
internal sealed class BlankRows(ContentLines lines, InputSource source) : Rows
{
    private const string Blanks = " \t\r";

    private readonly List<ReadOnlyMemory<char>> cells = [];

    public override int Line => lines.Number;

    public override int Count => cells.Count;

    public override ReadOnlySpan<char> this[int cell] => cells[cell].Span;

    public override bool Next()
    {
        while (lines.Next() is { } line)
        {
            Split(line);
            if (cells.Count > 0) return true;
        }

        return false;
    }

    private void Split(string line)
    {
        cells.Clear();
        int at = 0;
        while (true)
        {
            while (at < line.Length && Blanks.Contains(line[at])) at++;
            if (at == line.Length) return;
            int start = at;
            if (line[at] == '"')
            {
                at = EndOfQuotes(line, at);
                string quoted = line[(start + 1)..(at - 1)];
                cells.Add(quoted.Replace("\"\"", "\"", StringComparison.Ordinal).AsMemory());
                continue;
            }

            at = line[at] == '{' ? -1 : line.AsSpan(at).IndexOfAny(Blanks);
            at = at < 0 ? line.Length : start + at;
            cells.Add(line.AsMemory(start, at - start));
        }
    }

    /// <summary>The place behind the closing mark; a doubled mark does not close.</summary>
    private int EndOfQuotes(string line, int start)
    {
        for (int at = start + 1; at < line.Length; at++)
        {
            if (line[at] != '"') continue;
            if (at + 1 == line.Length || Blanks.Contains(line[at + 1])) return at + 1;
            if (line[at + 1] != '"')
                throw source.Wrong(Line, $"found {PrintableText.Quote(line)}: a blank must follow the closing \"");
            at++;
        }

        throw source.Wrong(Line, $"found {PrintableText.Quote(line)}: a \" is not closed");
    }
}
