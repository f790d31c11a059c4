using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>The effects of whole ranges in sentences; the other steps are for the table.</summary>
internal static class SweepSentences
{
    /// <summary>Of effects of which nothing can be said this is said once, however many there are.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<SweepEffect> effects, SweepPlan plan)
    {
        var told = effects.Where(effect => IsOfWholeRange(effect, plan)).ToLookup(effect => effect.IsOpen);
        foreach (var effect in told[false]) yield return effect.InWords();
        if (!told[true].Any()) yield break;
        var figures = told[true].Select(effect => effect.Metric.Name).Distinct();
        yield return $"There are too few repeats for {Numbers.Plural(told[true].Count(), "effect")} on "
            + $"{string.Join(", ", figures)}: at least two must have the figure in all cells.";
    }

    private static bool IsOfWholeRange(SweepEffect effect, SweepPlan plan) => effect.Kind != EffectKind.Main
        || plan.Parameters.Any(parameter =>
            parameter.Name == effect.Parameter && SweepCell.TextOf(CellDesign.Levels(parameter)[^1]) == effect.To);
}
