using System.Globalization;
using GossipSim.Analysis;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Repeating;

/// <summary>
/// Repeats until the interval of one figure is narrow enough (sequential stopping: Chow and Robbins 1965). It is looked
/// at after every <see cref="Batch"/> runs, so when it stops does not depend on how many run side by side.
/// </summary>
/// <param name="Metric">A path in <c>summary.json</c>.</param>
/// <param name="Width">The largest half width: of the mean when relative, else in the unit of the figure.</param>
internal sealed record WantedPrecision(string Metric, double Width, bool IsRelative)
{
    /// <summary>
    /// Our choice. An interval that is looked at again and again until it looks good holds the truth less often than
    /// one of a fixed number of runs; with at least so many runs, and looks so far apart, hardly less.
    /// </summary>
    public const int Batch = 10;

    /// <summary>Reads <c>gossip.latencyMs.p99=2%</c> or <c>gossip.latencyMs.p99=0.5</c>.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static WantedPrecision Parse(string option, string text, Scenario scenario)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var width = equals > 0 ? text[(equals + 1)..].Trim() : "";
        var isRelative = width.EndsWith('%');
        if (!double.TryParse(
                width.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || number is not (> 0 and < double.PositiveInfinity))
        {
            throw new UsageException(
                $"{option}: found \"{text}\", allowed is a figure and how near its mean shall be known, "
                + "such as gossip.latencyMs.p99=2% or gossip.latencyMs.p99=0.5");
        }

        var metric = text[..equals].Trim();
        FigurePaths.Require(option, metric, MetricPaths.Of(scenario));
        return new WantedPrecision(metric, isRelative ? number / 100 : number, isRelative);
    }

    public bool IsReachedBy(MeanInterval? interval) => interval is { HalfWidth: { } half, Count: >= Batch }
        && half <= (IsRelative ? Width * Math.Abs(interval.Mean) : Width);

    public string InWords => IsRelative
        ? string.Create(CultureInfo.InvariantCulture, $"{Metric} within {Width * 100:0.###} % of its mean")
        : string.Create(CultureInfo.InvariantCulture, $"{Metric} within {Width}");
}
