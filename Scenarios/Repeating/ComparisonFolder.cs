using GossipSim.Analysis;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Gates;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Repeating;

/// <summary>
/// What <c>compare --output</c> leaves: the comparison as Markdown and, beside it, as the figure that it shows.
/// </summary>
internal static class ComparisonFolder
{
    private const string MarkdownName = "comparison.md";

    public static void Write(
        Comparison comparison, IReadOnlyList<GateOutcome> gates, string directory)
    {
        var figure = Draw(comparison);
        var picture = figure.Name + ".svg";
        try
        {
            FigureFiles.Write(directory, [figure]);
            File.WriteAllText(
                Path.Combine(directory, MarkdownName),
                $"{ComparisonMarkdown.Write(comparison, gates)}\n![{figure.Title}]({picture})\n");
        }
        catch (Exception obstacle) when (obstacle is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"{directory}: cannot be written: {obstacle.Message}");
        }
    }

    public static Figure Draw(Comparison comparison) => DifferenceFigure.Create(
        comparison.A.Name, comparison.B.Name,
        [.. comparison.Rows.Where(row => row.Difference is not null)
            .Select(row => new ComparedMetric(row.Metric, row.Difference!))],
        comparison.RunsInWords, comparison.InWords);
}
