using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Topologies;

/// <summary>How one figure differs from overlay to overlay.</summary>
/// <param name="StandardDeviation">Of the overlays, by n - 1; null for one.</param>
internal sealed record Spread(double Mean, double? StandardDeviation, double Min, double Median, double Max)
{
    /// <summary>Null for no figures.</summary>
    public static Spread? Of(IReadOnlyList<double> figures)
    {
        if (figures.Count == 0) return null;
        double[] ascending = [.. figures.Order()];
        var mean = ascending.Average();
        var squares = ascending.Sum(figure => (figure - mean) * (figure - mean));
        var middle = ascending.Length / 2;
        return new Spread(
            mean,
            ascending.Length == 1 ? null : Math.Sqrt(squares / (ascending.Length - 1)),
            ascending[0],
            ascending.Length % 2 == 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2,
            ascending[^1]);
    }

    /// <summary>As tables and figures have it: mean and standard deviation, least and most.</summary>
    public string InWords(int digits)
    {
        var scatter = StandardDeviation is { } sd ? $" ± {Numbers.Decimal(sd, digits)}" : "";
        return Min == Max
            ? Numbers.Decimal(Mean, digits)
            : $"{Numbers.Decimal(Mean, digits)}{scatter}"
                + $" ({Numbers.Decimal(Min, digits)} to {Numbers.Decimal(Max, digits)})";
    }
}
