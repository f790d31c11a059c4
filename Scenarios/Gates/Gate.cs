using System.Globalization;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Gates;

/// <summary>A change from A to B that fails a comparison.</summary>
/// <param name="Text">As it was typed.</param>
/// <param name="Metric">Its path in the summary of a run.</param>
/// <param name="IsInclusive">Whether the bound itself fails.</param>
/// <param name="Bound">
/// With its sign: a share of the mean of A when relative, else in the unit of the figure; of <see
/// cref="GateSide.Outside"/> the distance to either side.
/// </param>
internal sealed record Gate(
    string Text, string Metric, GateSide Side, bool IsInclusive, double Bound, bool IsRelative)
{
    public string Unit => MetricPaths.UnitOf(Metric);

    /// <summary>The bound in words: +10 % or -3 ms.</summary>
    public string BoundInWords
    {
        get
        {
            var sign = Side == GateSide.Outside ? "±" : Bound < 0 ? "-" : "+";
            var size = Math.Abs(IsRelative ? Bound * 100 : Bound).ToString("0.######", CultureInfo.InvariantCulture);
            return $"{sign}{size} {(IsRelative ? "%" : Unit)}";
        }
    }
}
