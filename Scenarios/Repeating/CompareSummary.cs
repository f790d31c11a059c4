using GossipSim.Analysis;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Gates;

namespace GossipSim.Scenarios.Repeating;

/// <summary>What <c>compare --json</c> prints.</summary>
/// <param name="NotMeasured">Figures of which there is nothing to compare, the usual ones included.</param>
internal sealed record CompareSummary(
    string A, string B, bool Paired, int Runs, double Level, int ExitCode,
    IReadOnlyList<CompareSummary.Figure> Figures, IReadOnlyList<string> NotMeasured, IReadOnlyList<GateOutcome> Gates)
{
    /// <param name="A">The mean; null when no run of A has it.</param>
    /// <param name="Runs">Pairs, or without pairs runs of both, that are compared.</param>
    /// <param name="Difference">B less A; null when it was not measured in both.</param>
    /// <param name="Low">Of the interval of the true difference; null when there are too few runs.</param>
    internal sealed record Figure(
        string Metric, string Unit, double? A, double? B, int Runs, double? Difference, double? Low, double? High,
        DifferenceVerdict Verdict);

    public static CompareSummary Of(Comparison comparison, IReadOnlyList<GateOutcome> gates, ExitCode exitCode) => new(
        comparison.A.Name, comparison.B.Name, comparison.IsPaired, comparison.Runs, comparison.Level, (int)exitCode,
        [.. comparison.Rows.Select(row => new Figure(
            row.Metric, row.Unit, row.A, row.B, row.Difference is null ? 0 : row.Sample.Runs,
            row.Difference?.Difference, row.Difference?.Low, row.Difference?.High, row.Verdict))],
        [
            .. comparison.Rows.Where(row => row.Difference is null).Select(row => row.Metric),
            .. comparison.Absent,
        ],
        gates);
}
