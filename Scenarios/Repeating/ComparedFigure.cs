using System.Globalization;
using GossipSim.Analysis;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Repeating;

/// <summary>One figure of both.</summary>
/// <param name="Difference">Null where there are no runs of both sides that have it.</param>
internal sealed record ComparedFigure(ComparedSample Sample, MeanDifference? Difference)
{
    private const string NoWords = "–";

    /// <summary>Its path in the summary of a run.</summary>
    public string Metric => Sample.Metric;

    public string Unit => MetricPaths.UnitOf(Metric);

    /// <summary>The mean over the runs that are compared; without any, over those of this side that have it.</summary>
    public double? A => Difference?.MeanA ?? Sample.MeanOfA;

    public double? B => Difference?.MeanB ?? Sample.MeanOfB;

    public DifferenceVerdict Verdict => Difference?.Verdict ?? DifferenceVerdict.NotMeasured;

    public bool IsShown => Verdict is DifferenceVerdict.BIsLarger or DifferenceVerdict.BIsSmaller;

    /// <summary>The path, and how many runs have the figure when some lack it.</summary>
    public string MetricInWords => Difference is null || Sample.Missing == 0
        ? Metric
        : $"{Metric} ({Numbers.Plural(Sample.Runs, Sample.IsPaired ? "pair" : "run")})";

    public string DifferenceInWords => Difference switch
    {
        null => NoWords,
        { Verdict: DifferenceVerdict.Identical } => "0",
        { HalfWidth: { } half } => $"{Signed(Difference.Difference)} ± {Numbers.Significant(half)}",
        _ => Signed(Difference.Difference),
    };

    public string RelativeInWords =>
        Difference is null or { Verdict: DifferenceVerdict.Identical } or { MeanA: 0 }
            ? NoWords
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{100 * Difference.Difference / Math.Abs(Difference.MeanA):+0.0;-0.0;0.0} %");

    public string VerdictInWords => Verdict switch
    {
        DifferenceVerdict.Identical => "identical",
        DifferenceVerdict.NoDifferenceShown => "no difference shown",
        DifferenceVerdict.BIsLarger => "B is larger",
        DifferenceVerdict.BIsSmaller => "B is smaller",
        _ => NotMeasured.Words,
    };

    private static string Signed(double value) => (value > 0 ? "+" : "") + Numbers.Significant(value);
}
