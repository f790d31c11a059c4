using System.Globalization;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Repeating;

/// <summary>
/// <c>runs.csv</c>: a row for each run and a column for each figure, to be read by other programs and by
/// <c>compare</c>. Figures that a run does not have are empty.
/// </summary>
internal static class RepeatTable
{
    public const string FileName = "runs.csv";

    private static readonly string[] Leading = ["randomSeed", "exitCode", "fingerprint"];

    public static void Write(TextWriter writer, IReadOnlyList<Repeat> repeats)
    {
        // In the order of the summary, and the last those that only some runs have.
        List<string> paths = [.. repeats.SelectMany(repeat => repeat.Figures.Keys).Distinct()];
        CsvFiles.WriteRow(writer, [.. Leading, .. paths]);
        foreach (var repeat in repeats)
        {
            CsvFiles.WriteRow(writer,
            [
                repeat.RandomSeed, repeat.ExitCode, repeat.Fingerprint,
                .. paths.Select(path => repeat.Figures.TryGetValue(path, out var value) ? (object?)value : null),
            ]);
        }
    }

    /// <exception cref="ScenarioException">It is no such table.</exception>
    public static IReadOnlyList<Repeat> Read(string text, string source)
    {
        var table = CsvTable.Parse(text, source);
        if (!table.Header.Take(Leading.Length).Select(cell => cell.Text).SequenceEqual(Leading))
        {
            throw new ScenarioException(
                new Origin(source, 1), $"allowed is a table that begins with {string.Join(",", Leading)}");
        }

        if (table.Rows.Count == 0)
            throw new ScenarioException(table.Header[0].Origin, "found no run below the header");
        if (!text.EndsWith('\n'))
        {
            // Half a number is a number too: only the line's end tells that it is all there.
            throw new ScenarioException(
                table.Rows[^1][0].Origin, "the line has no end, the file was cut off: run it again");
        }

        return [.. table.Rows.Select(row => ReadRow(row, table.Header))];
    }

    private static Repeat ReadRow(IReadOnlyList<CsvCell> row, IReadOnlyList<CsvCell> header)
    {
        if (row.Count != header.Count)
        {
            throw new ScenarioException(
                row[0].Origin, $"found {row.Count} values, allowed are {header.Count} as in the header");
        }

        var figures = new Dictionary<string, double>();
        for (var column = Leading.Length; column < row.Count; column++)
        {
            if (row[column].Text.Length > 0)
                figures[header[column].Text] = row[column].Number(double.MinValue, double.MaxValue, "a number");
        }

        return new Repeat(
            (long)row[0].Number(0, Scenario.LargestRandomSeed, "a random seed"),
            (int)row[1].Number(0, byte.MaxValue, "an exit code"),
            row[2].Text.Length > 0 ? row[2].Text : null, figures, Trouble: null);
    }
}
