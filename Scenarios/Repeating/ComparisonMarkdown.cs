using System.Text;
using GossipSim.Scenarios.Gates;

namespace GossipSim.Scenarios.Repeating;

/// <summary>A comparison for a pull request.</summary>
internal static class ComparisonMarkdown
{
    public static string Write(Comparison comparison, IReadOnlyList<GateOutcome> gates)
    {
        var text = new StringBuilder()
            .Append($"**A** {Escaped(comparison.A.Name)}  \n**B** {Escaped(comparison.B.Name)}\n\n")
            .Append("| Figure | Unit | A | B | B less A | that is | |\n| :-- | :-- | --: | --: | --: | --: | :-- |\n");
        foreach (var row in comparison.Rows)
        {
            var verdict = row.IsShown ? $"**{row.VerdictInWords}**" : row.VerdictInWords;
            text.Append($"| {Named(row)} | {row.Unit} | {NotMeasured.Or(row.A)} | {NotMeasured.Or(row.B)} ")
                .Append($"| {row.DifferenceInWords} | {row.RelativeInWords} | {verdict} |\n");
        }

        text.Append($"\n{comparison.InWords}\n");
        if (gates.Count > 0) text.Append('\n');
        foreach (var gate in gates)
            text.Append($"- **{gate.VerdictInWords}** {Escaped(gate.Gate)}: {gate.Reason}\n");
        return text.ToString();
    }

    private static string Named(ComparedFigure row) => $"`{row.Metric}`{row.MetricInWords[row.Metric.Length..]}";

    /// <summary>Names are those of files and options: none of their letters shall be markup.</summary>
    private static string Escaped(string name) => $"`{name.Replace('`', '\'').ReplaceLineEndings(" ")}`";
}
