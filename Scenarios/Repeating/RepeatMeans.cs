using GossipSim.Analysis;

namespace GossipSim.Scenarios.Repeating;

/// <summary>The figures of repeats as samples, each over the runs that have it.</summary>
internal static class RepeatMeans
{
    public static IReadOnlyDictionary<string, MeanInterval> Of(IReadOnlyList<Repeat> repeats) => repeats
        .SelectMany(repeat => repeat.Figures)
        .GroupBy(figure => figure.Key, figure => figure.Value)
        .ToDictionary(group => group.Key, group => MeanInterval.Of([.. group]));

    /// <returns>Null when no run has it.</returns>
    public static MeanInterval? Of(IReadOnlyList<Repeat> repeats, string path)
    {
        double[] values =
        [
            .. repeats.Where(repeat => repeat.Figures.ContainsKey(path)).Select(repeat => repeat.Figures[path]),
        ];
        return values.Length > 0 ? MeanInterval.Of(values) : null;
    }
}
