using System.Net;
using GossipSim.Analysis;
using GossipSim.Scenarios.Viewing;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The report of a run: one file that explains itself, with its figures inside and nothing from elsewhere.
/// </summary>
internal static class ReportPage
{
    private const string PlayerId = "player";
    private const string CourseId = "course";
    private const string KeyFiguresId = "key-figures";
    private const string ExpectationsId = "expectations";
    private const string InvariantsId = "invariants";
    private const string RepeatId = "repeat";
    private const string FilesId = "files";

    public static string Write(
        RunResult result, IReadOnlyList<Figure> figures, RunCard? card, EmbeddedView? player = null)
    {
        var html = new HtmlText();
        var title = WebUtility.HtmlEncode($"{result.Facts.Scenario} · GossipSim");
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw($"<title>{title}</title>\n<style>\n{ReportStyle.Css}\n</style>\n</head>\n<body>\n<main>\n");
        WriteHead(html, result);
        WriteContents(html, figures, hasPlayer: player is not null);
        FigureSection.Write(html, result, figures);
        if (player is not null) WritePlayer(html, player);
        WriteCourse(html, result);
        WriteKeyFigures(html, result);
        AccountingSection.Write(html, result);
        WriteJudgement(html, result);
        WriteRepeat(html, result, card);
        html.Raw("</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void WriteHead(HtmlText html, RunResult result)
    {
        var facts = result.Facts;
        html.Element("h1", facts.Scenario);
        foreach (var warning in result.Summary.Warnings.Where(warning => warning.ComesFirst))
            html.Raw("<div class=\"warnings\">\n").Element("p", $"Warning: {warning.Message}.").Raw("</div>\n");
        if (facts.Description.Length > 0) html.Element("p", facts.Description, "soft");
        var verdict = RunVerdict.Of(result);
        html.Raw($"<div class=\"verdict{(verdict.Good ? " good" : "")}\">");
        html.Element("strong", verdict.Headline).Element("span", verdict.Detail).Raw("</div>\n");
        WriteWarnings(html, [.. result.Summary.Warnings.Where(warning => !warning.ComesFirst)]);
        WriteTiles(html, result.Summary);
    }

    /// <summary>Links to the sections and to each figure.</summary>
    private static void WriteContents(HtmlText html, IReadOnlyList<Figure> figures, bool hasPlayer)
    {
        html.Raw("<nav aria-label=\"Contents\"><ul>\n");
        if (figures.Count > 0)
        {
            html.Raw("<li>").Link("#" + FigureSection.Id, "Figures").Raw(": ");
            for (var i = 0; i < figures.Count; i++)
                html.Raw(i == 0 ? "" : " · ").Link("#" + figures[i].Name, figures[i].Name.Replace('-', ' '));
            html.Raw("</li>\n");
        }

        if (hasPlayer) Entry(PlayerId, "The run, played");
        Entry(CourseId, "What was run");
        Entry(KeyFiguresId, "Key figures");
        Entry(AccountingSection.Id, "Tables");
        Entry(ExpectationsId, "Expectations");
        Entry(InvariantsId, "Invariants");
        Entry(RepeatId, "How to repeat it");
        Entry(FilesId, "Files");
        html.Raw("</ul></nav>\n");

        void Entry(string id, string title) => html.Raw("<li>").Link("#" + id, title).Raw("</li>\n");
    }

    private static void WriteCourse(HtmlText html, RunResult result)
    {
        var facts = result.Facts;
        html.Section(CourseId, "What was run");
        html.Element("p", RunInWords.Of(result));
        foreach (var sampled in SamplingInWords.Of(result)) html.Element("p", sampled, "soft");
        if (facts.FaultsInWords.Count == 0) return;
        html.Element("p", "What went wrong on purpose, in seconds of scenario time:");
        html.Raw("<ul>\n");
        foreach (var fault in facts.FaultsInWords) html.Element("li", fault);
        html.Raw("</ul>\n");
    }

    private static void WriteWarnings(HtmlText html, IReadOnlyList<RunWarning> warnings)
    {
        if (warnings.Count == 0) return;
        html.Raw("<div class=\"warnings\">\n<p>Not tested although the scenario asks for it:</p>\n<ul>\n");
        foreach (var warning in warnings) html.Element("li", $"{warning.Message}.");
        html.Raw("</ul>\n</div>\n");
    }

    /// <summary>The figures that most readers look for: delivery times, coverage, and the time to removal.</summary>
    private static void WriteTiles(HtmlText html, Summary summary)
    {
        if (summary.Metrics.Count > 0) return;
        var gossip = summary.Gossip;
        html.Raw("<div class=\"tiles\">\n");
        Tile(Numbers.Milliseconds(gossip.LatencyMs.P50), "median delivery time");
        Tile(Numbers.Milliseconds(gossip.LatencyMs.P99), "p99 delivery time");
        Tile(Numbers.Percent(gossip.CoverageOfLivePeersMin), "live peers reached, worst message");
        if (summary.Detection.Crashes > 0)
        {
            var removal = summary.Detection.TimeToRemovalMs.Max;
            Tile(Numbers.Milliseconds(removal), "crash to removal at all seed nodes, slowest");
        }

        html.Raw("</div>\n");

        void Tile(string value, string meaning) =>
            html.Raw("<div class=\"tile\">").Element("b", value).Element("span", meaning).Raw("</div>\n");
    }

    private static void WriteKeyFigures(HtmlText html, RunResult result)
    {
        html.Section(KeyFiguresId, "Key figures");
        foreach (var group in KeyFigure.Of(result).GroupBy(figure => figure.Group))
        {
            html.Element("h3", group.Key).Raw("<div class=\"scroll\"><table class=\"figures\"><tbody>\n");
            foreach (var figure in group)
            {
                html.Raw("<tr>").Element("td", figure.Name).Element("td", figure.Value, "value")
                    .Element("td", figure.Meaning).Raw("</tr>\n");
            }

            html.Raw("</tbody></table></div>\n");
        }
    }

    /// <summary>Nothing moves on paper: it is on the screen only.</summary>
    private static void WritePlayer(HtmlText html, EmbeddedView player) => html
        .Raw("<section class=\"played\">\n").Section(PlayerId, "The run, played")
        .Element("p", $"{player.InWords} The command view shows all of it, and can fork a simulated run.", "soft")
        .Raw(player.Markup).Raw("</section>\n");

    private static void WriteJudgement(HtmlText html, RunResult result)
    {
        html.Section(ExpectationsId, "Expectations");
        if (result.Expectations.Count == 0)
            html.Element("p", "The scenario states none.", "soft");
        else
        {
            html.Table(
                ["The scenario expects", "It is", "Met"],
                result.Expectations.Select(e => (IReadOnlyList<string>)[e.Text, e.Actual, e.Met ? "yes" : "no"]), 1);
        }

        html.Section(InvariantsId, "Invariants");
        html.Element(
            "p", "Promises of the protocol, checked all the time and on the contents of what nodes decided.", "soft");
        var summary = result.Summary.Invariants;
        var rows = result.Ending.Invariants.OrderBy(i => !i.Violated).ThenBy(i => i.Name, StringComparer.Ordinal)
            .Select(i => (IReadOnlyList<string>)
                [
                    i.Name, InvariantPromises.Of(i.Name),
                    i.Violated ? "violated" : Allowance(i.Name, summary) ?? Judgement(i, summary), i.InWords(),
                ]);
        if (result.Ending.Invariants.Count == 0)
            html.Element("p", "None was checked in this run.", "soft");
        else
            html.Table(["Invariant", "Promise", "Outcome", "What happened"], rows);
    }

    private static string Judgement(InvariantOutcome outcome, InvariantSummary summary) => outcome switch
    {
        { Judged: false } => "not judged",
        _ when summary.Sampled.Contains(outcome.Name) => "held, on a sample of the peers",
        _ => "held",
    };

    private static string? Allowance(string name, InvariantSummary summary)
    {
        if (summary.Waived.TryGetValue(name, out var waived))
            return $"waived, breached {Numbers.Plural(waived, "time")}";
        return summary.Expected.TryGetValue(name, out var expected)
            ? $"broken as expected, {Numbers.Plural(expected, "time")}"
            : null;
    }

    private static void WriteRepeat(HtmlText html, RunResult result, RunCard? card)
    {
        html.Section(RepeatId, "How to repeat it");
        html.Element("pre", result.Ending.RepeatCommand);
        html.Element("p", result.Summary.Fingerprint is { } fingerprint
            ? $"The same scenario, random seed and version give the same run everywhere: fingerprint {fingerprint}."
            : "On real sockets no two runs are alike in their times; what must hold holds in each of them.");
        html.Section(FilesId, "Files of this run");
        html.Raw("<ul class=\"files\">\n");
        foreach (var (name, what) in RunFiles.InWords(result))
            html.Raw("<li>").Link(name, name).Element("span", " " + what).Raw("</li>\n");
        html.Raw("</ul>\n");
        html.Raw("<footer>");
        if (card is not null)
        {
            var commit = card.Commit is null ? "" : $", commit {card.Commit[..Math.Min(12, card.Commit.Length)]}";
            var machine = card.Machine;
            html.Element("span", $"GossipSim {card.Version}{commit} · {machine.OperatingSystem} · "
                + $"{machine.Runtime} · {Numbers.Plural(machine.Processors, "processor")} · "
                + $"{card.StartedAt:yyyy-MM-dd HH:mm:ss zzz}");
        }

        html.Raw("</footer>\n");
    }
}
