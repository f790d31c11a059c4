using GossipSim.Analysis;

namespace GossipSim.Scenarios.Repeating;

/// <summary>The values of one figure in the runs of both sides; with pairs, value i of A and of B is one.</summary>
/// <param name="OfA">In how many runs of A it was measured.</param>
/// <param name="OfB">In how many runs of B.</param>
/// <param name="Missing">Runs, or pairs, that lack it although they came to their end.</param>
internal sealed record ComparedSample(
    string Metric, bool IsPaired, double[] A, double[] B, int OfA, int OfB, double? MeanOfA, double? MeanOfB,
    int Missing)
{
    /// <summary>Whether there is anything to compare.</summary>
    public bool IsMeasured => A.Length > 0 && B.Length > 0;

    /// <summary>Pairs that have it; without pairs the runs of both sides.</summary>
    public int Runs => IsPaired ? A.Length : A.Length + B.Length;

    /// <param name="a">With pairs sorted as <paramref name="b"/> is.</param>
    public static ComparedSample Of(string metric, IReadOnlyList<Repeat> a, IReadOnlyList<Repeat> b, bool isPaired)
    {
        var (ofA, ofB) = (Values(metric, a), Values(metric, b));
        if (!isPaired)
        {
            return new ComparedSample(
                metric, isPaired, ofA, ofB, ofA.Length, ofB.Length, Mean(ofA), Mean(ofB),
                a.Count - ofA.Length + b.Count - ofB.Length);
        }

        var both = a.Zip(b).Where(pair => Has(pair.First) && Has(pair.Second)).ToList();
        return new ComparedSample(
            metric, isPaired, Values(metric, both.Select(pair => pair.First)),
            Values(metric, both.Select(pair => pair.Second)), ofA.Length, ofB.Length, Mean(ofA), Mean(ofB),
            a.Count - both.Count);

        bool Has(Repeat run) => run.Figures.ContainsKey(metric);
    }

    /// <returns>Null where nothing can be compared.</returns>
    public MeanDifference? Judge(double level) => !IsMeasured ? null
        : IsPaired ? MeanDifference.Paired(A, B, level)
        : MeanDifference.Unpaired(A, B, level);

    private static double[] Values(string metric, IEnumerable<Repeat> runs) =>
        [.. runs.Where(run => run.Figures.ContainsKey(metric)).Select(run => run.Figures[metric])];

    private static double? Mean(double[] values) => values.Length == 0 ? null : MeanInterval.Of(values).Mean;
}
