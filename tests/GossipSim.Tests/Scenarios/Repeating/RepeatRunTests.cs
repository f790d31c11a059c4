using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Repeating;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Repeating;

/// <summary><c>run --runs</c> and <c>compare</c> as typed, on small networks in the simulator.</summary>
[TestFixture]
internal sealed class RepeatRunTests
{
    [Test]
    public void Each_of_the_runs_is_the_run_of_its_random_seed()
    {
        using var repeated = new WholeRun();
        using var single = new WholeRun();

        var code = repeated.Main(SmallScenarios.CrashHub, "small.json", "--runs", "3", "--json");
        single.Main(SmallScenarios.CrashHub, "small.json", "--random-seed", $"{FirstSeed(repeated) + 2}", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), repeated.Error);
        var third = RepeatFolder.Read(repeated.RunFolder)[2];
        Assert.That(third.Fingerprint, Is.EqualTo(single.Json.GetProperty("fingerprint").GetString()));
        Assert.That(
            third.Figures["gossip.latencyMs.p99"],
            Is.EqualTo(single.Json.GetProperty("gossip").GetProperty("latencyMs").GetProperty("p99").GetDouble()));
        Assert.That(Path.GetFileName(repeated.RunFolder), Does.EndWith("_x3"));
        foreach (var file in new[] { "scenario.json", "scenario.effective.json", "run.json", "summary.json" })
            Assert.That(File.Exists(repeated[file]), Is.True, file);
    }

    [Test]
    public void The_means_are_those_of_the_runs_for_any_number_of_threads()
    {
        using var one = new WholeRun();
        using var other = new WholeRun();

        one.Main(SmallScenarios.CrashHub, "small.json", "--runs", "4", "--json");
        other.Main(SmallScenarios.CrashHub, "small.json", "--runs", "4", "--threads", "2", "--json");

        var runs = RepeatFolder.Read(one.RunFolder);
        var mean = one.Json.GetProperty("metrics").GetProperty("overlay.degreeMax").GetProperty("mean").GetDouble();
        Assert.That(mean, Is.EqualTo(runs.Average(run => run.Figures["overlay.degreeMax"])).Within(1e-9));
        Assert.That(
            RepeatFolder.Read(other.RunFolder).Select(run => run.Fingerprint),
            Is.EqualTo(runs.Select(run => run.Fingerprint)));
        Assert.That(runs.Select(run => run.Fingerprint).Distinct().Count(), Is.EqualTo(4));
    }

    [Test]
    public void Repeats_stop_when_a_figure_is_known_well_enough()
    {
        using var run = new WholeRun();

        var code = run.Main(
            SmallScenarios.CrashHub, "small.json", "--runs", "40", "--precision", "overlay.degreeMean=50%", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        Assert.That(run.Json.GetProperty("runs").GetInt32(), Is.EqualTo(WantedPrecision.Batch));
        Assert.That(run.Json.GetProperty("precision").GetProperty("isReached").GetBoolean(), Is.True);
    }

    [Test]
    public void Runs_that_fail_are_named_and_can_be_repeated()
    {
        using var run = new WholeRun();

        var code = run.Main(
            SmallScenarios.CrashHub, "small.json", "--runs", "2", "--set",
            """expectations=[{"metric":"detection.removed","op":"==","value":9}]""", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Failed));
        var troubles = run.Json.GetProperty("troubles").EnumerateArray().ToList();
        Assert.That(troubles, Has.Count.EqualTo(2));
        Assert.That(troubles[1].GetProperty("what").GetString(), Does.Contain("detection.removed == 9"));
        Assert.That(
            troubles[1].GetProperty("repeat").GetString(),
            Does.EndWith($"--random-seed {FirstSeed(run) + 1}").And.Not.Contain("--runs"));
    }

    [Test]
    public void A_scenario_against_itself_is_identical()
    {
        using var run = new WholeRun();

        var code = run.Main(SmallScenarios.CrashHub, "compare", "small.json", "small.json", "--runs", "2", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        Assert.That(Verdicts(run.Json).Select(row => row.Verdict), Is.All.EqualTo("identical").And.Not.Empty);
    }

    [Test]
    public void A_change_of_one_side_shows_where_it_matters_and_pairs_share_the_rest()
    {
        using var run = new WholeRun();

        run.Main(
            SmallScenarios.CrashHub, "compare", "small.json", "small.json", "--runs", "4",
            "--set-b", "network.latency.minMs=200", "--metric", "gossip.latencyMs.p50", "--metric", "overlay.edges",
            "--json");

        Assert.That(run.Json.GetProperty("paired").GetBoolean(), Is.True);
        Assert.That(Verdicts(run.Json)[0], Is.EqualTo(("gossip.latencyMs.p50", "bIsLarger")));
    }

    [Test]
    public void Stored_runs_are_compared_with_new_ones_of_the_same_random_seeds()
    {
        using var run = new WholeRun();
        run.Main(SmallScenarios.CrashHub, "small.json", "--runs", "3", "--random-seed", "900");

        var code = run.Main(SmallScenarios.CrashHub, "compare", run.RunFolder, "small.json", "--markdown");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        Assert.That(run.Output, Does.Contain("3 pairs of runs").And.Contain("identical in every figure"));
    }

    [TestCase("--runs", "0", "--runs: found 0, allowed is a whole number from 1 to 1000000")]
    [TestCase("--runs", "5", "--precision", "overlay.edges=1%", "--precision: it needs --runs of 10 or more")]
    [TestCase("--runs", "2", "--check-determinism", "--check-determinism: it goes with a single run")]
    [TestCase("--runs", "3", "--random-seed", "9007199254740990", "beyond the largest random seed")]
    public void What_makes_no_sense_is_refused_before_anything_runs(params string[] argumentsAndWords)
    {
        using var run = new WholeRun();

        var code = run.Main(SmallScenarios.CrashHub, ["small.json", .. argumentsAndWords[..^1]]);

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain(argumentsAndWords[^1]));
        Assert.That(Directory.Exists(run.Results), Is.False);
    }

    [Test]
    public void A_single_run_is_no_side_of_a_comparison()
    {
        using var run = new WholeRun();
        run.Main(SmallScenarios.CrashHub, "small.json");

        var code = run.Main(SmallScenarios.CrashHub, "compare", run.RunFolder, "small.json");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("one run says nothing of chance"));
    }

    [TestCase(80)]
    [TestCase(60)]
    public void A_comparison_fits_the_screen_and_breaks_no_word(int width)
    {
        using var whole = new WholeRun();
        using var narrow = new WholeRun { Width = width };
        string[] typed =
        [
            "compare", "small.json", "small.json", "--runs", "2", "--set-b", "peers.count=30",
            "--fail-if", "overlay.edges > +1",
        ];

        whole.Main(SmallScenarios.CrashHub, typed);
        narrow.Main(SmallScenarios.CrashHub, typed);

        var lines = narrow.Output[narrow.Output.IndexOf("gossip.", StringComparison.Ordinal)..].Split('\n');
        Assert.That(lines, Has.All.Length.LessThanOrEqualTo(width));
        Assert.That(Words(narrow), Is.SupersetOf(Words(whole).Where(IsFigure)));

        static HashSet<string> Words(WholeRun run) =>
            [.. run.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];
        static bool IsFigure(string word) => word.Contains('.') && char.IsAsciiLetter(word[0]);
    }

    [Test]
    public void Overhead_is_counted_in_repeated_runs_and_compared()
    {
        using var run = new WholeRun();

        var code = run.Main(
            SmallScenarios.CrashHub, "compare", "small.json", "small.json", "--runs", "3",
            "--set-b", "gossip.intervalMs=400", "--fail-if", "overhead.messagesPerPeerSecond > +5 %", "--json");

        var row = run.Json.GetProperty("figures").EnumerateArray()
            .Single(figure => figure.GetProperty("metric").GetString() == "overhead.bytesPerPeerSecond");
        Assert.That(row.GetProperty("a").GetDouble(), Is.GreaterThan(0));
        Assert.That(row.GetProperty("unit").GetString(), Is.EqualTo("bytes/peer/s"));
        Assert.That(code, Is.EqualTo(ExitCode.Failed), run.Error);
        Assert.That(
            run.Json.GetProperty("gates").EnumerateArray().Single().GetProperty("verdict").GetString(),
            Is.EqualTo("failed"));
    }

    [Test]
    public void A_known_figure_that_no_run_has_gets_a_sentence_and_an_unknown_one_is_refused()
    {
        using var run = new WholeRun();
        string[] compare = ["compare", "small.json", "small.json", "--runs", "2", "--metric"];

        var known = run.Main(SmallScenarios.CrashHub, [.. compare, "transport.framesSent"]);
        var unknown = run.Main(SmallScenarios.CrashHub, [.. compare, "transport.frameSent"]);

        Assert.That((known, unknown), Is.EqualTo((ExitCode.Held, ExitCode.BadInput)));
        Assert.That(
            run.Output, Does.Contain("transport.framesSent was measured in no run of A or B (only when the run is on"));
        Assert.That(run.Error, Does.Contain("did you mean \"transport.framesSent\"?"));
    }

    private static long FirstSeed(WholeRun run) => run.Json.GetProperty("firstRandomSeed").GetInt64();

    private static List<(string? Metric, string? Verdict)> Verdicts(JsonElement comparison) =>
    [
        .. comparison.GetProperty("figures").EnumerateArray().Select(row =>
            (row.GetProperty("metric").GetString(), row.GetProperty("verdict").GetString())),
    ];
}
