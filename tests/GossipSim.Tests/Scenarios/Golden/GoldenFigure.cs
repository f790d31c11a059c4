using System.Globalization;

namespace GossipSim.Tests.Scenarios.Golden;

/// <summary>One figure of a shipped scenario over some random seeds: a line of <c>Figures.csv</c>.</summary>
/// <param name="Metric">Its path in <c>summary.json</c>.</param>
/// <param name="Count">How many runs have it.</param>
internal sealed record GoldenFigure(string Scenario, string Metric, int Count, double Mean, double StandardDeviation)
{
    public const string Heading = "scenario,metric,count,mean,standardDeviation";

    /// <summary>
    /// By chance two means of ten runs are so many standard errors apart in one case of ten thousand (Student's t with
    /// 18 degrees of freedom).
    /// </summary>
    private const double MostStandardErrors = 5;

    public static GoldenFigure Parse(string line)
    {
        var cells = line.Split(',');
        return new GoldenFigure(cells[0], cells[1], int.Parse(cells[2], CultureInfo.InvariantCulture),
            Number(cells[3]), Number(cells[4]));
    }

    /// <summary>Whether another sample of runs may have the same mean. Equal means of no spread are equal.</summary>
    public bool IsLike(GoldenFigure other)
    {
        var error = Math.Sqrt(VarianceOfMean + other.VarianceOfMean);
        return Math.Abs(Mean - other.Mean) <= (MostStandardErrors * error) + (1e-9 * Math.Abs(Mean));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Scenario},{Metric},{Count},{Mean:R},{StandardDeviation:R}");

    private double VarianceOfMean => StandardDeviation * StandardDeviation / Count;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
