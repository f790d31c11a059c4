using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Sweeps;
using GossipSim.Tests.Scenarios.Nodes;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Sweeps;

/// <summary><c>sweep</c> as typed: in one go, in parts, killed on the way.</summary>
[TestFixture]
internal sealed class SweepProgramTests
{
    private readonly WholeRun run = new();

    [TearDown]
    public void RemoveFolder() => run.Dispose();

    [Test]
    public void A_sweep_leaves_a_tidy_table_figures_and_a_report()
    {
        var code = run.Main(SmallSweeps.Grid, "sweep", "small.json", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error + run.Output);
        var folder = Path.Combine(run.Results, "sweep_small_s7");
        var rows = File.ReadAllLines(Path.Combine(folder, SweepConclusion.TableName));
        Assert.That(rows, Has.Length.EqualTo(13));
        Assert.That(
            rows[0],
            Does.StartWith("task,cell,repeat,network.lossProbability,peers.count,randomSeed,exitCode,fingerprint,"));
        Assert.That(rows[4], Does.StartWith("3,1,1,0,8,8,0,"));
        Assert.That(rows[0], Does.Not.Contain("wallSeconds").And.Not.Contain("Rss"));
        Assert.That(run.Json.GetProperty("runs").GetInt32(), Is.EqualTo(12));
        var report = File.ReadAllText(Path.Combine(folder, "report.html"));
        Assert.That(report, Does.Contain("latency (ms), loss from 0 to 0.05: ").And.Contains("</svg>"));
        Assert.That(
            Directory.GetFiles(Path.Combine(folder, "plots"), "*.svg").Select(Path.GetFileName).Order(),
            Is.EqualTo(new[]
            {
                "gossip-latency-ms-p50-map.svg", "gossip-latency-ms-p50.svg", "overlay-edges-map.svg",
                "overlay-edges.svg",
            }));
    }

    [Test]
    public void What_a_cell_did_not_measure_says_why_in_tables_map_and_report()
    {
        // Nobody publishes in the first two cells: there is no latency to measure.
        string[] silent =
        [
            "sweep", "small.json", "--set",
            "sweep.parameters=[{\"path\":\"gossip.maxMessagesPerPeer\",\"values\":[0,2]},"
                + "{\"path\":\"peers.count\",\"values\":[6,8]}]",
        ];

        Assert.That(run.Main(SmallSweeps.Grid, silent), Is.EqualTo(ExitCode.Held), run.Error + run.Output);

        const string Why = "not measured: in none of 2 runs";
        var cells = File.ReadAllLines(Path.Combine(Folder("results/sweep_small_s7"), "cells.csv"));
        Assert.That(cells[0], Does.EndWith(",max,unit,notMeasured"));
        Assert.That(cells[1], Does.Contain("gossip.latencyMs.p50,0,").And.Contain($",ms,\"{Why}"));
        Assert.That(cells[^2], Does.Contain("gossip.latencyMs.p50,2,").And.EndWith(",ms,"));
        var runs = File.ReadAllLines(Path.Combine(Folder("results/sweep_small_s7"), "sweep.csv"));
        Assert.That(runs[0], Does.EndWith(",notMeasured"));
        Assert.That(runs[1], Does.Contain("gossip.latencyMs.p50: only when "));
        var report = File.ReadAllText(Path.Combine(Folder("results/sweep_small_s7"), "report.html"));
        Assert.That(report, Does.Contain($"<td>{Why}").And.Contain($"2 cells without a value, {Why}"));
        var map = File.ReadAllText(
            Path.Combine(Folder("results/sweep_small_s7"), "plots", "gossip-latency-ms-p50-map.svg"));
        Assert.That(map.Split(">measured<"), Has.Length.EqualTo(3), "two fields");
    }

    [Test]
    public void Under_strict_a_warning_fails_the_sweep_and_its_merge()
    {
        string[] idle =
        [
            "sweep", "small.json", "--set",
            "faults=[{\"id\":\"x\",\"type\":\"crash\",\"afterEvent\":{\"event\":\"deathReported\"},"
                + "\"target\":{\"index\":[1]}}]",
        ];

        Assert.That(run.Main(SmallSweeps.Grid, idle), Is.EqualTo(ExitCode.Held), run.Error + run.Output);
        Assert.That(run.Main(SmallSweeps.Grid, [.. idle, "--strict"]), Is.EqualTo(ExitCode.Failed));
        Assert.That(run.Output, Does.Contain("Failed: a run has warnings, with --strict."));
        string[] merge = ["sweep", "merge", "results/sweep_small_s7"];
        Assert.That(run.Main(SmallSweeps.Grid, merge), Is.EqualTo(ExitCode.Held));
        Assert.That(run.Main(SmallSweeps.Grid, [.. merge, "--strict"]), Is.EqualTo(ExitCode.Failed));
    }

    [Test]
    public void Too_few_repeats_for_every_effect_are_told_once()
    {
        string[] once = ["sweep", "small.json", "--output", "once", "--set", "sweep.repeats=1"];

        Assert.That(run.Main(SmallSweeps.Grid, once), Is.EqualTo(ExitCode.Held), run.Error);

        const string Words = "too few repeats";
        var said = run.Output.Split('\n').Where(line => line.Contains(Words, StringComparison.OrdinalIgnoreCase));
        Assert.That(said.Single(), Does.Contain("latency (ms), overlay.edges"));
        var report = File.ReadAllText(Path.Combine(Folder("once"), "report.html")).Split("<details>")[0];
        Assert.That(report.Split(Words), Has.Length.EqualTo(2), "once in the text");
    }

    [Test]
    public void Shards_in_any_order_and_number_at_a_time_merge_to_the_same_bytes()
    {
        run.Main(SmallSweeps.Grid, "sweep", "small.json", "--output", "whole", "--parallel", "1");
        foreach (var shard in new[] { "2/3", "0/3", "1/3" })
        {
            Assert.That(
                run.Main(
                    SmallSweeps.Grid, "sweep", "small.json", "--output", "parts", "--shard", shard, "--parallel", "3"),
                Is.EqualTo(ExitCode.Held), run.Error);
        }

        Assert.That(File.Exists(Path.Combine(Folder("parts"), SweepConclusion.TableName)), Is.False);
        Assert.That(run.Main(SmallSweeps.Grid, "sweep", "merge", "parts"), Is.EqualTo(ExitCode.Held));
        AssertSame("whole", "parts");
    }

    [Test]
    public void Machines_without_a_common_disk_merge_their_folders()
    {
        run.Main(SmallSweeps.Hypercube, "sweep", "small.json", "--output", "whole");
        run.Main(SmallSweeps.Hypercube, "sweep", "small.json", "--output", "here", "--shard", "0/2");
        run.Main(SmallSweeps.Hypercube, "sweep", "small.json", "--output", "there", "--shard", "1/2");

        Assert.That(run.Main(SmallSweeps.Hypercube, "sweep", "merge", "here", "there"), Is.EqualTo(ExitCode.Held));
        AssertSame("whole", "here");
    }

    [Test]
    public void Merge_names_what_is_missing_and_writes_nothing()
    {
        run.Main(SmallSweeps.Grid, "sweep", "small.json", "--output", "parts", "--shard", "0/4");

        var code = run.Main(SmallSweeps.Grid, "sweep", "merge", "parts");

        Assert.That(code, Is.EqualTo(ExitCode.Inconclusive));
        Assert.That(
            run.Output, Does.Contain("9 of 12 tasks missing").And.Contains("task 1 (loss = 0, peers.count = 6;"));
        Assert.That(File.Exists(Path.Combine(Folder("parts"), SweepConclusion.TableName)), Is.False);
    }

    [Test]
    public void A_sweep_goes_on_from_its_folder_and_never_with_a_changed_file()
    {
        run.Main(SmallSweeps.Grid, "sweep", "small.json", "--output", "parts", "--shard", "0/2");
        var changed = run.Main(
            SmallSweeps.Grid, "sweep", "small.json", "--output", "parts", "--set", "gossip.intervalMs=900");

        Assert.That(changed, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("sweep of something else").And.Contains("\"intervalMs\": 900"));
        Assert.That(run.Main(SmallSweeps.Grid, "sweep", "parts"), Is.EqualTo(ExitCode.Held));
        Assert.That(run.Output, Does.Contain("6 runs to do"));
        Assert.That(
            run.Main(SmallSweeps.Grid, "sweep", "parts", "--set", "gossip.intervalMs=900"),
            Is.EqualTo(ExitCode.BadInput));
    }

    [Test]
    public void Another_program_does_not_go_on_with_a_sweep()
    {
        run.Main(SmallSweeps.Grid, "sweep", "small.json", "--output", "parts", "--shard", "0/4");
        var file = Path.Combine(Folder("parts"), PlanFile.FileName);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"version\": \"", "\"version\": \"0."));

        Assert.That(run.Main(SmallSweeps.Grid, "sweep", "parts"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("Results of two programs do not go together"));
    }

    [TestCase(40, 8, 16L << 30, 8)]
    [TestCase(1_000_000, 8, 160L << 30, 1)]
    [TestCase(100_000, 8, 32L << 30, 3)]
    [TestCase(1_000_000, 8, 1L << 30, 1)]
    public void As_many_runs_go_on_as_cores_and_memory_allow(int peers, int cores, long memory, int runs) =>
        Assert.That(SideBySide.Of(peers, cores, memory), Is.EqualTo(runs));

    [Test]
    public void Ctrl_C_keeps_what_is_done()
    {
        run.Main(SmallSweeps.Grid, "sweep", "small.json", "--output", "parts", "--shard", "0/4");
        run.Cancel();

        var code = run.Main(SmallSweeps.Grid, "sweep", "parts");

        Assert.That(code, Is.EqualTo(ExitCode.Cancelled));
        Assert.That(run.Output, Does.Contain("Stopped: 9 runs to do; the same command goes on"));
    }

    /// <summary>Twice: also what a killed process left of what a killed process left is gone on with.</summary>
    [Test]
    public async Task A_process_that_is_killed_twice_leaves_in_the_end_what_one_run_through_leaves()
    {
        run.Main(SmallSweeps.Grid, "sweep", "small.json", "--output", "whole", "--set", "sweep.repeats=6");
        for (var results = 1; results <= 9; results += 8)
        {
            using var process = new NodeProgram(
                run.Current, "sweep", "small.json", "--output", "killed", "--set", "sweep.repeats=6", "--parallel",
                "1");
            await Patience.UntilAsync(
                () => LinesIn("killed") >= results || process.HasExited, $"{results} results", () => process.Text);
            Assert.That(process.HasExited, Is.False, process.Text);
            process.Kill();
            await process.ExitCodeAsync();
        }

        var code = run.Main(SmallSweeps.Grid, "sweep", "killed");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        AssertSame("whole", "killed");
    }

    [TestCase("--shard", "3/3", "--shard: found \"3/3\"")]
    [TestCase("--parallel", "0", "--parallel: found 0, allowed is a whole number from 1")]
    [TestCase("--runtime", "tcp", "sweep simulates")]
    public void What_makes_no_sense_is_refused_before_anything_is_written(params string[] argumentsAndWords)
    {
        var code = run.Main(SmallSweeps.Grid, ["sweep", "small.json", .. argumentsAndWords[..^1]]);

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain(argumentsAndWords[^1]));
        Assert.That(Directory.Exists(run.Results), Is.False);
    }

    private string Folder(string name) => Path.Combine(run.Current, name);

    private int LinesIn(string name)
    {
        var parts = ResultFolder.In(Folder(name));
        return Directory.Exists(parts) ? Directory.GetFiles(parts).Sum(Lines) : 0;
    }

    private static int Lines(string file)
    {
        using var text = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return text.ReadToEnd().Count(letter => letter == '\n');
    }

    /// <summary>All but the parts, which say who did what when.</summary>
    private void AssertSame(string one, string other)
    {
        var (first, second) = (FilesOf(one), FilesOf(other));
        Assert.That(second.Keys, Is.EquivalentTo(first.Keys));
        Assert.That(first.Keys, Does.Contain("report.html").And.Contains("sweep.csv"));
        foreach (var (name, bytes) in first) Assert.That(second[name], Is.EqualTo(bytes), name);
    }

    private Dictionary<string, byte[]> FilesOf(string name) => Directory
        .GetFiles(Folder(name), "*", SearchOption.AllDirectories)
        .Where(file => !file.StartsWith(ResultFolder.In(Folder(name)), StringComparison.Ordinal))
        .ToDictionary(file => Path.GetRelativePath(Folder(name), file), File.ReadAllBytes);
}
