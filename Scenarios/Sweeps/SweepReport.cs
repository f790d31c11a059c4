using System.Net;
using GossipSim.Analysis;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// The report of a sweep, one file that explains itself. It says nothing of when, where and how fast it was run: a
/// sweep in one go, one that was killed and one of many shards leave the same bytes.
/// </summary>
internal static class SweepReport
{
    private const int MostTroubles = 20;

    public static string Write(SweepData data, IReadOnlyList<SweepEffect> effects, IReadOnlyList<Figure> figures)
    {
        var plan = data.Plan;
        var html = new HtmlText();
        var title = WebUtility.HtmlEncode($"{plan.Name} · sweep · GossipSim");
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw($"<title>{title}</title>\n<style>\n{ReportStyle.Css}\n</style>\n</head>\n<body>\n<main>\n");
        WriteHead(html, data);
        WriteEffects(html, plan, effects);
        html.Element("h2", "Figures");
        foreach (var figure in figures) FigureSection.Write(html, figure);
        WriteCells(html, data);
        WriteTroubles(html, data);
        WriteRepeat(html, plan);
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private static void WriteHead(HtmlText html, SweepData data)
    {
        var plan = data.Plan;
        html.Element("h1", plan.Name);
        if (plan.Description.Length > 0) html.Element("p", plan.Description, "soft");
        var isGood = data.Held == data.Results.Count;
        html.Raw($"<div class=\"verdict{(isGood ? " good" : "")}\">")
            .Element("strong", isGood
                ? "All runs held."
                : $"{Numbers.Count(data.Held)} of {Numbers.Count(data.Results.Count)} runs held.")
            .Element("span", $"{Numbers.Plural(plan.Cells.Count, "cell")} x {Numbers.Plural(plan.Repeats, "repeat")}, "
                + $"in the deterministic simulator. Repeat r has the random seed {plan.RandomSeed} + r in every cell.")
            .Raw("</div>\n");
        html.Element("h2", "What varied");
        html.Table(
            ["Parameter", "Path", "Values"],
            plan.Parameters.Select((parameter, index) => (IReadOnlyList<string>)
                [parameter.Name, parameter.Path, Values(plan, index)]));
    }

    private static string Values(SweepPlan plan, int index)
    {
        var parameter = plan.Parameters[index];
        return plan.Settings.Design == SweepDesign.Grid
            ? string.Join(", ", CellDesign.Levels(parameter).Select(SweepCell.TextOf))
            : FormattableString.Invariant($"{plan.Cells.Count} between {parameter.From} and {parameter.To}");
    }

    private static void WriteEffects(HtmlText html, SweepPlan plan, IReadOnlyList<SweepEffect> effects)
    {
        html.Element("h2", "What has an effect");
        if (effects.Count == 0)
        {
            html.Element("p", "No figure differs, or there is one cell only.");
            return;
        }

        var shown = effects.Count(effect => effect.IsShown);
        html.Element("p", $"Of {Numbers.Plural(effects.Count, "effect")} {Numbers.Count(shown)} "
            + $"{(shown == 1 ? "is" : "are")} larger than {(shown == 1 ? "its" : "their")} interval. Each is the mean "
            + "over the repeats of what a repeat says by itself, all its cells having the same chances; the intervals "
            + "hold together at 95 % (Student's t, Bonferroni).");
        html.Raw("<ul>\n");
        foreach (var sentence in SweepSentences.Of(effects, plan)) html.Element("li", sentence);
        html.Raw("</ul>\n");
        html.Raw("<details>").Element("summary", "Every step from the first value");
        html.Table(
            ["Figure", "What", "From", "To", "Repeats", "Effect", "Verdict"],
            effects.Select(effect => (IReadOnlyList<string>)
            [
                effect.Metric.Name, effect.Parameter, effect.From, effect.To,
                Numbers.Count(effect.Interval?.Count ?? 0), effect.SizeInWords, effect.VerdictInWords,
            ]),
            4, 5).Raw("</details>\n");
    }

    private static void WriteCells(HtmlText html, SweepData data)
    {
        html.Element("h2", "Cells");
        html.Raw("<details>").Element("summary", "Mean and 95 % interval of each figure in each cell");
        html.Table(
            [
                .. data.Plan.Parameters.Select(parameter => parameter.Name),
                .. data.Metrics.Select(InWords),
            ],
            data.Plan.Cells.Select(cell => (IReadOnlyList<string>)
            [
                .. cell.Values.Select(SweepCell.TextOf),
                .. data.Metrics.Select(metric =>
                    data.WhyNotMeasured(metric.Path, cell) ?? InWords(data.Mean(metric.Path, cell)!)),
            ])).Raw("</details>\n");
    }

    /// <summary>A label has its unit in it; a path does not.</summary>
    private static string InWords(SweepMetric metric) =>
        metric.Label is null && MetricPaths.UnitOf(metric.Path) is { Length: > 0 } unit
            ? $"{metric.Path} ({unit})"
            : metric.Name;

    private static string InWords(MeanInterval mean) => mean switch
    {
        { HalfWidth: { } half } => $"{Numbers.Significant(mean.Mean)} ± {Numbers.Significant(half)}",
        _ => Numbers.Significant(mean.Mean),
    };

    private static void WriteTroubles(HtmlText html, SweepData data)
    {
        var troubles = Enumerable.Range(0, data.Results.Count).Where(task => data.Results[task].ExitCode != 0).ToList();
        if (troubles.Count == 0) return;
        html.Element("h2", "Runs that did not hold");
        html.Raw("<ul>\n");
        foreach (var number in troubles.Take(MostTroubles))
        {
            var task = data.Plan.Task(number);
            html.Element("li", $"{data.Plan.InWords(task)}: {data.Results[number].Trouble}");
        }

        html.Raw("</ul>\n");
        if (troubles.Count > MostTroubles)
            html.Element("p", $"And {Numbers.Count(troubles.Count - MostTroubles)} more: exitCode in sweep.csv.");
    }

    private static void WriteRepeat(HtmlText html, SweepPlan plan)
    {
        html.Element("h2", "How to repeat it");
        html.Element("p", "sweep.json holds every cell as a whole scenario. In the folder of this page:");
        html.Element("pre", "gossipsim sweep .");
        html.Element("p", "sweep.csv has a row for each run, with all its figures; cells.csv one for each cell and "
            + "figure of this page; effects.csv one for each effect; plots/ the figures as SVG; parts/ what processes "
            + "left.");
        var commit = plan.Program.Commit is { } known ? $", commit {known[..Math.Min(12, known.Length)]}" : "";
        html.Raw("<footer>").Element("span", $"GossipSim {plan.Program.Version}{commit}").Raw("</footer>\n");
    }
}
