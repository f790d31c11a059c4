using System.Globalization;
using System.Text;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Graphs;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// Reads whole numbers from 0, one a line, plain or packed with gzip: 3, 3.0 or 3.000e+00. A first line of words is a
/// heading; a table with a heading such as degree,count says how often each value occurs.
/// </summary>
internal sealed class DegreeList
{
    /// <summary>The degrees of the largest overlay that a scenario can have, twenty times over.</summary>
    private const int MostValues = 20_000_000;

    /// <summary>So many lines as numpy.savetxt writes them, and comments.</summary>
    private const long MostBytes = 1L << 30;

    /// <summary>So much is looked at to tell the separator and the heading.</summary>
    private const int BeginningCharacters = 100_000;

    private static readonly string[] valueNames = ["degree", "degrees", "k", "value", "values", "x"];

    private static readonly string[] countNames =
        ["count", "counts", "frequency", "freq", "n", "number", "occurrences", "nodes"];

    /// <summary>How programs write that there is no number.</summary>
    private static readonly string[] missing = ["none", "null", "na", "n/a", "nan"];

    private readonly InputSource source;
    private readonly bool hasPairs;
    private readonly List<long> values = [];
    private readonly List<string> notes = [];

    private DegreeList(InputSource source, bool hasPairs) => (this.source, this.hasPairs) = (source, hasPairs);

    public IReadOnlyList<long> Values => values;

    /// <summary>What was not read, in sentences.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <param name="hasPairs">Whether two columns without a heading are values and how often each occurs.</param>
    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="ScenarioException">It cannot be read, or something in it is wrong.</exception>
    public static DegreeList ReadFile(string path, string name, bool hasPairs)
    {
        var list = new DegreeList(new InputSource(name), hasPairs);
        InputFile.Read(path, list.source, MostBytes, list.Read);
        return list;
    }

    /// <inheritdoc cref="ReadFile"/>
    public static DegreeList Read(Stream stream, string name, bool hasPairs)
    {
        var list = new DegreeList(new InputSource(name), hasPairs);
        InputFile.Read(stream, list.source, MostBytes, list.Read);
        return list;
    }

    private void Read(Stream stream)
    {
        using var text = new BegunText(new StreamReader(stream, Encoding.UTF8), BeginningCharacters);
        SampleRows sample = SampleRows.Of(text, source);
        var lines = new ContentLines(new LimitedLines(text, source));
        using Rows rows = Rows.Of(lines, sample.Separator, source);
        if (rows.Next()) ReadRows(rows, sample.Separator);
        if (values.Count == 0)
        {
            throw source.Wrong(0, "no values; write one whole number a line"
                + (lines.Comments > 0 && lines.Contents == 0 ? " (all lines are comments)" : ""));
        }

        if (lines.Comments > 0) notes.Add($"{Numbers.Plural(lines.Comments, "line")} with a comment: not read.");
    }

    private void ReadRows(Rows rows, char separator)
    {
        bool isHeading = Enumerable.Range(0, rows.Count).Any(cell => IsName(rows[cell].ToString()));
        string[] heading = isHeading ? rows.ToArray() : [];
        int headingLine = rows.Line;
        if (isHeading && !rows.Next()) return;
        int width = rows.Count;
        // R writes the numbers of rows without a name above them.
        int offset = heading.Length > 0 && width == heading.Length + 1 ? 1 : 0;
        var (value, count) = isHeading ? ColumnsOf(heading, headingLine) : ColumnsOf(rows, separator);
        do
        {
            if (rows.Count != width) throw Wrong(rows, separator);
            Add(rows, value + offset, count + offset);
        }
        while (rows.Next());
        string[] unread = [.. heading.Where((name, column) => column != value && column != count && name.Length > 0)];
        if (unread.Length > 0)
            notes.Add($"Columns that were not read: "
                + $"{string.Join(", ", unread.Select(name => PrintableText.Quote(name)))}.");
    }

    /// <summary>A text that is no number, and does not say that there is none.</summary>
    private static bool IsName(string cell) => cell.Length > 0 && !missing.Contains(cell.ToLowerInvariant())
        && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>The columns of the values and of how often each occurs; null for once.</summary>
    private (int Value, int? Count) ColumnsOf(string[] heading, int line)
    {
        int value = Array.FindIndex(heading, name => valueNames.Contains(name.ToLowerInvariant()));
        int count = Array.FindIndex(heading, name => countNames.Contains(name.ToLowerInvariant()));
        if (heading.Length == 1) (value, count) = (0, -1);
        if (value < 0 && hasPairs && heading.Length == 2) (value, count) = (0, 1);
        if (value < 0)
        {
            throw source.Wrong(
                line, $"found the columns "
                    + $"{string.Join(", ", heading.Take(8).Select(name => PrintableText.Quote(name)))}; "
                + "allowed is one named degree, k or value, and beside it one named count, frequency or n");
        }

        if (count < 0) return (value, null);
        notes.Add($"{PrintableText.Quote(heading[count])} says how often each {PrintableText.Quote(heading[value])} "
            + "occurs.");
        return (value, count);
    }

    private (int Value, int? Count) ColumnsOf(Rows rows, char separator)
    {
        if (rows.Count == 1) return (0, null);
        if (rows.Count != 2 || !hasPairs) throw Wrong(rows, separator);
        notes.Add("The second column says how often each value occurs.");
        return (0, 1);
    }

    private void Add(Rows rows, int value, int? count)
    {
        long number = NumberIn(rows, value);
        long times = count is { } column ? NumberIn(rows, column) : 1;
        if (times > MostValues - values.Count)
            throw source.Wrong(rows.Line, $"there are more values than the {MostValues} that are allowed");
        for (; times > 0; times--) values.Add(number);
    }

    private long NumberIn(Rows rows, int column) => WholeNumber.In(rows[column]) ?? throw source.Wrong(
        rows.Line, $"found {PrintableText.Quote(rows[column])}, allowed is one whole number from 0 to "
        + $"{WholeNumber.Largest}");

    private ScenarioException Wrong(Rows rows, char separator) => source.Wrong(
        rows.Line, $"found {PrintableText.Quote(string.Join(separator, rows.ToArray()))}, allowed is one whole "
            + "number a line; "
        + "where a second column says how often each value occurs, name the columns degree,count or give --pairs");
}
