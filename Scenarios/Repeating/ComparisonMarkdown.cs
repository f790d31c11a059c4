using System.Text;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Repeating;

/// <summary>A comparison for a pull request.</summary>
internal static class ComparisonMarkdown
{
    public static string Write(Comparison comparison)
    {
        var text = new StringBuilder()
            .Append($"**A** {Escaped(comparison.A.Name)}  \n**B** {Escaped(comparison.B.Name)}\n\n")
            .Append("| Figure | A | B | B less A | that is | |\n| :-- | --: | --: | --: | --: | :-- |\n");
        foreach (var row in comparison.Rows)
        {
            var verdict = row.IsShown ? $"**{row.VerdictInWords}**" : row.VerdictInWords;
            text.Append($"| `{row.Metric}` | {Numbers.Significant(row.A)} | {Numbers.Significant(row.B)} ")
                .Append($"| {row.DifferenceInWords} | {row.RelativeInWords} | {verdict} |\n");
        }

        return text.Append($"\n{comparison.InWords}\n").ToString();
    }

    /// <summary>Names are those of files and options: none of their letters shall be markup.</summary>
    private static string Escaped(string name) => $"`{name.Replace('`', '\'').ReplaceLineEndings(" ")}`";
}
