using System.Globalization;

namespace GossipSim.Scenarios.Graphs;

/// <summary>What a cell of a table holds, as far as that tells headings from values.</summary>
internal static class CellText
{
    public static bool IsNumber(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value);

    /// <summary>Neither empty nor a number: what a heading consists of.</summary>
    public static bool IsWord(string cell) => cell.Length > 0 && !IsNumber(cell);

    public static bool IsZeroOrOne(string cell) => NumberIn(cell) is 0 or 1;

    /// <summary>The number; 0 for an empty cell, null for a word.</summary>
    public static double? NumberIn(ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty) return 0;
        return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
    }
}
