using Spectre.Console;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// A table for people that breaks no word. Cells wrap between words as far as the screen asks for it; on a screen that
/// is too narrow even for that, the cells of a row stand below each other.
/// </summary>
internal sealed class FittingTable
{
    /// <summary>Blanks left and right of a cell.</summary>
    private const int CellPadding = 2;

    /// <summary>Text in a column that is narrower than this is hard to read.</summary>
    private const int NarrowestColumn = 10;

    private const int Indent = 2;

    private readonly string[] names;
    private readonly bool isHeaderShown;
    private readonly List<string[]> rows = [];
    private bool isGrouped;

    /// <summary>With a heading above each column.</summary>
    public FittingTable(params string[] names) => (this.names, isHeaderShown) = (names, true);

    private FittingTable(int columns) => names = [.. Enumerable.Repeat("", columns)];

    /// <summary>Columns of numbers, which end at the right.</summary>
    public IReadOnlyList<int> RightAligned { get; init; } = [];

    /// <summary>Without a heading: the first cell of a row says what it is about.</summary>
    /// <param name="isGrouped">Whether the first column names groups of rows, and is grey.</param>
    public static FittingTable OfFigures(int columns = 2, bool isGrouped = false) =>
        new(columns) { isGrouped = isGrouped };

    public void AddRow(params string[] cells)
    {
        if (cells.Length != names.Length)
            throw new ArgumentException($"{cells.Length} cells in a row of {names.Length}", nameof(cells));
        rows.Add([.. cells.Select(VisibleText.Of)]);
    }

    public void Write(IAnsiConsole console)
    {
        if (Widths(console.Profile.Width) is { } widths) console.Write(SideBySide(widths));
        else WriteBelowEachOther(console.Profile.Out.Writer, console.Profile.Width);
    }

    /// <summary>Widths of the columns; null when a word would not fit.</summary>
    private int[]? Widths(int screen)
    {
        int[] natural = new int[names.Length];
        int[] least = new int[names.Length];
        foreach (string[] row in isHeaderShown ? rows.Prepend(names) : rows)
        {
            for (int column = 0; column < names.Length; column++)
            {
                natural[column] = Math.Max(natural[column], row[column].Split('\n').Max(WordWrap.Columns));
                int longest = Words(row[column]).Select(WordWrap.Columns).DefaultIfEmpty(0).Max();
                least[column] = Math.Max(least[column], longest);
            }
        }

        for (int column = 0; column < names.Length; column++)
            least[column] = Math.Max(least[column], Math.Min(natural[column], NarrowestColumn));
        int available = screen - (names.Length * (CellPadding + 1)) - 1;
        return least.Sum() <= available ? Shared(natural, least, available) : null;
    }

    /// <summary>No column gets more than it can use; those that want more than there is get the same.</summary>
    private static int[] Shared(int[] natural, int[] least, int available)
    {
        int limit = natural.DefaultIfEmpty(0).Max();
        int[] widths = natural;
        while (widths.Sum() > available)
        {
            limit--;
            widths = [.. natural.Select((wanted, column) => Math.Max(least[column], Math.Min(wanted, limit)))];
        }

        return widths;
    }

    private Table SideBySide(int[] widths)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.ShowHeaders = isHeaderShown;
        for (int column = 0; column < names.Length; column++)
        {
            var shown = new TableColumn(new Text(names[column])) { Width = widths[column] };
            table.AddColumn(RightAligned.Contains(column) ? shown.RightAligned() : shown);
        }

        foreach (string[] row in rows)
        {
            table.AddRow(row.Select((cell, column) =>
                new Text(cell, isGrouped && column == 0 ? new Style(Color.Grey) : Style.Plain)));
        }

        return table;
    }

    private void WriteBelowEachOther(TextWriter writer, int screen)
    {
        foreach (string[] row in rows)
        {
            for (int column = 0; column < names.Length; column++)
            {
                if (row[column].Length == 0)
                    continue;
                string name = isHeaderShown && column > 0 ? $"{names[column]}: " : "";
                int indent = isHeaderShown ? Indent * Math.Min(column, 1) : Indent * column;
                foreach (string line in WordWrap.Lines(name + row[column], screen - indent))
                    writer.WriteLine(new string(' ', indent) + line);
            }
        }

        writer.WriteLine();
    }

    private static string[] Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
