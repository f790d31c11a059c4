using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// A table of comma-separated values (RFC 4180, but a value cannot span lines) whose cells know their line and column.
/// Blank lines and # comments are skipped, spaces around values too.
/// </summary>
internal sealed class CsvTable
{
    private CsvTable(string source, IReadOnlyList<IReadOnlyList<CsvCell>> rows) =>
        (Source, Header, Rows) = (source, rows[0], [.. rows.Skip(1)]);

    /// <summary>What messages call the file.</summary>
    public string Source { get; }

    public IReadOnlyList<CsvCell> Header { get; }

    /// <summary>Each with at least one cell, and as long as it was written.</summary>
    public IReadOnlyList<IReadOnlyList<CsvCell>> Rows { get; }

    /// <exception cref="ScenarioException">There is no line, or a quotation mark is not closed.</exception>
    public static CsvTable Parse(string text, string source)
    {
        var rows = new List<IReadOnlyList<CsvCell>>();
        string[] lines = text.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index].TrimEnd();
            if (line.Length > 0 && !line.TrimStart().StartsWith('#'))
                rows.Add(ReadLine(line, new Origin(source, index + 1, 1)));
        }

        return rows.Count > 0
            ? new CsvTable(source, rows)
            : throw new ScenarioException(new Origin(source), "found no values, allowed is a table with a header");
    }

    private static List<CsvCell> ReadLine(string line, Origin start)
    {
        var cells = new List<CsvCell>();
        int at = 0;
        do
        {
            while (at < line.Length && line[at] is ' ' or '\t')
                at++;
            Origin here = start with { Column = at + 1 };
            bool isQuoted = at < line.Length && line[at] == '"';
            cells.Add(new CsvCell(here, isQuoted ? ReadQuoted(line, ref at, here) : ReadPlain(line, ref at)));
        }
        while (at++ < line.Length);

        return cells;
    }

    private static string ReadPlain(string line, ref int at)
    {
        int end = line.IndexOf(',', at);
        string text = line[at..(end < 0 ? line.Length : end)];
        at += text.Length;
        return text.Trim();
    }

    private static string ReadQuoted(string line, ref int at, Origin here)
    {
        var text = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            bool isMark = line[at] == '"';
            bool isDoubled = isMark && at + 1 < line.Length && line[at + 1] == '"';
            if (isMark && !isDoubled)
            {
                string rest = ReadPlain(line, ref at);
                return rest.Length == 1 ? text.ToString() : throw Broken(here, "a comma must follow the closing \"");
            }

            text.Append(line[at]);
            if (isDoubled)
                at++;
        }

        throw Broken(here, "the \" that opens this value is not closed");
    }

    private static ScenarioException Broken(Origin here, string why) => new(here, $"broken CSV: {why}");
}

internal readonly record struct CsvCell(Origin Origin, string Text)
{
    /// <exception cref="ScenarioException">It is no number of the range.</exception>
    public double Number(double least, double most, string what)
    {
        bool isNumber = double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        return isNumber && value >= least && value <= most
            ? value
            : throw new ScenarioException(Origin, $"found \"{Text}\", allowed is {what} from {least} to {most}");
    }

    /// <exception cref="ScenarioException">It is no name.</exception>
    public string Name() => Regex.IsMatch(Text, WeightedPlace.NamePattern, RegexOptions.CultureInvariant)
        ? Text
        : throw new ScenarioException(Origin, $"found \"{Text}\", allowed is {WeightedPlace.NameWords}");
}
