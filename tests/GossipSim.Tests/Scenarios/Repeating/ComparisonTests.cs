using GossipSim.Analysis;
using GossipSim.Scenarios.Repeating;
using GossipSim.Tests.Analysis.Repeats;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Repeating;

[TestFixture]
internal sealed class ComparisonTests
{
    private const string Latency = "gossip.latencyMs.p99";

    [Test]
    public void Runs_are_paired_by_their_random_seeds_wherever_they_stand()
    {
        var a = Side((1, 10), (2, 20), (3, 30));
        var b = Side((3, 31), (1, 11), (2, 21), (9, 500));

        var comparison = Comparison.Of(a, b, metrics: null);

        Assert.That((comparison.IsPaired, comparison.Runs), Is.EqualTo((true, 3)));
        Assert.That(comparison.Rows.Single().Difference!.Difference, Is.EqualTo(1));
        Assert.That(comparison.Rows.Single().VerdictInWords, Is.EqualTo("B is larger"));
        Assert.That(comparison.InWords, Does.Contain("1 difference shown").And.Contain(Latency));
    }

    [Test]
    public void Without_common_random_seeds_it_says_that_there_are_no_pairs()
    {
        var comparison = Comparison.Of(Side((1, 10), (2, 20)), Side((3, 31), (4, 11)), metrics: null);

        Assert.That(comparison.IsPaired, Is.False);
        Assert.That(comparison.InWords, Does.Contain("share no random seeds").And.Contain("No difference shown"));
    }

    [Test]
    public void Runs_that_did_not_come_to_their_end_count_only_as_trouble()
    {
        var broken = Side((1, 10), (2, 20), (3, 30));
        var withOne = broken with { Repeats = [.. broken.Repeats.Take(2), broken.Repeats[2] with { ExitCode = 4 }] };

        var comparison = Comparison.Of(new ComparedSide("A", withOne.Repeats), broken, metrics: null);

        Assert.That(comparison.Runs, Is.EqualTo(2));
        Assert.That(comparison.InWords, Does.Contain("identical in every figure").And.Contain("Of A, 1 of 3 runs"));
    }

    [Test]
    public void Figures_that_only_one_run_of_a_pair_has_are_left_out()
    {
        var a = Side((1, 10), (2, 20), (3, 30));
        Repeat[] lacking = [.. a.Repeats.Take(2), a.Repeats[2] with { Figures = new Dictionary<string, double>() }];

        var comparison = Comparison.Of(new ComparedSide("A", lacking), a, metrics: null);

        Assert.That(comparison.Rows.Single().A, Is.EqualTo(15));
    }

    /// <summary>However many figures are looked at, all of them together raise a false alarm in at most 5 %.</summary>
    [Test]
    public void The_same_with_other_chances_shows_any_difference_in_at_most_5_of_100()
    {
        var chances = new SyntheticRepeats(randomSeed: 5);
        string[] metrics = [.. Enumerable.Range(0, 15).Select(index => $"metrics.m{index}.last")];
        ComparedSide Draw(string name) => new(name,
        [
            .. Enumerable.Range(0, 10).Select(run => new Repeat(
                run, 0, null, metrics.ToDictionary(metric => metric, _ => chances.Normal(1, 50, 9)[0]), null)),
        ]);

        var shown = Enumerable.Range(0, 2000).Count(_ =>
            Comparison.Of(Draw("A"), Draw("B"), metrics).Rows.Any(row => row.IsShown));

        // 4.9 % are promised; of 2,000 that is 98, give or take 10.
        Assert.That(shown, Is.InRange(70, 125));
    }

    [Test]
    public void Markdown_is_a_table_whose_names_are_no_markup()
    {
        var a = Side((1, 10), (2, 20), (3, 30)) with { Name = "a`b|c" };

        var text = ComparisonMarkdown.Write(
            Comparison.Of(a, Side((1, 9), (2, 19), (3, 29)), metrics: null), gates: []);

        Assert.That(text, Does.StartWith("**A** `a'b|c`"));
        Assert.That(text, Does.Contain($"| `{Latency}` | ms | 20 | 19 | -1 ± 0 | -5.0 % |"));
        Assert.That(text, Does.Contain("**B is smaller**"));
    }

    [Test]
    public void The_folder_of_a_comparison_has_the_figure_that_its_Markdown_shows()
    {
        using var folder = new TemporaryFolder();
        var comparison = Comparison.Of(Side((1, 10), (2, 20), (3, 30)), Side((1, 9), (2, 18), (3, 29)), metrics: null);

        ComparisonFolder.Write(comparison, gates: [], folder["new"]);

        var text = File.ReadAllText(Path.Combine(folder["new"], "comparison.md"));
        var picture = File.ReadAllText(Path.Combine(folder["new"], "comparison.svg"));
        Assert.That(text, Does.Contain("](comparison.svg)"));
        Assert.That(text, Does.Contain(ComparisonMarkdown.Write(comparison, gates: [])));
        Assert.That(picture, Does.StartWith("<svg").And.Contain(Latency).And.Contain("3 pairs of runs"));
    }

    [Test]
    public void Nothing_is_identical_where_nothing_was_compared()
    {
        string[] asked = ["overhead.bytesPerPeerSecond"];

        var comparison = Comparison.Of(Side((1, 10), (2, 20)), Side((1, 10), (2, 20)), asked);

        Assert.That(comparison.Rows.Single().VerdictInWords, Is.EqualTo("not measured"));
        Assert.That(comparison.InWords, Does.Contain("Nothing was compared").And.Not.Contain("identical"));
        Assert.That(
            comparison.InWords,
            Does.Contain("overhead.bytesPerPeerSecond was measured in no run of A or B (only when a peer is live"));
        Assert.That(
            ComparisonMarkdown.Write(comparison, gates: []),
            Does.Contain("| `overhead.bytesPerPeerSecond` | bytes/peer/s | not measured | not measured | – | – |"));
    }

    [Test]
    public void A_figure_that_only_one_side_has_is_a_row_that_says_so()
    {
        var a = Side((1, 10), (2, 20));
        Repeat[] none = [.. a.Repeats.Select(run => run with { Figures = new Dictionary<string, double>() })];

        var comparison = Comparison.Of(a, new ComparedSide("B", none), metrics: null);

        Assert.That((comparison.Rows.Single().A, comparison.Rows.Single().B), Is.EqualTo((15.0, (double?)null)));
        Assert.That(comparison.InWords, Does.Contain($"{Latency} was measured in no run of B"));
    }

    private static ComparedSide Side(params (long RandomSeed, double Value)[] runs) => new("side",
    [
        .. runs.Select(run => new Repeat(
            run.RandomSeed, 0, null, new Dictionary<string, double> { [Latency] = run.Value }, null)),
    ]);
}
