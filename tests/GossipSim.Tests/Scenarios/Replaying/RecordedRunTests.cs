using System.Globalization;
using System.IO.Compression;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Replaying;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Replaying;

/// <summary>
/// Runs of 20 peers on sockets with a crash, a restart, a pause and a restarted seed node, recorded, and replayed
/// without sockets. How many is a parameter: <c>-- TestRunParameters.Parameter(name="recordedRuns", value="100")</c>.
/// </summary>
[TestFixture]
internal sealed class RecordedRunTests
{
    private const int Peers = 20;
    private const int SeedNodes = 3;

    private const string Faults =
        """
        { "id": "hub", "type": "crash", "atSeconds": 1, "target": { "pick": "highestDegree" } },
        { "id": "still", "type": "pause", "atSeconds": 1.2, "durationSeconds": 0.5, "target": { "pick": "random" } },
        { "id": "seed", "type": "crash", "atSeconds": 1.5, "target": { "role": "seed", "index": [1] } },
        { "id": "seed-again", "type": "restart", "atSeconds": 2.5, "disk": "torn", "target": { "fault": "seed" } },
        { "id": "again", "type": "restart", "atSeconds": 3, "disk": "empty", "target": { "fault": "hub" } }
        """;

    [Test]
    public async Task Recorded_runs_with_crashes_restarts_and_pauses_replay_with_equal_hashes()
    {
        var runs = int.Parse(TestContext.Parameters.Get("recordedRuns", "3"), CultureInfo.InvariantCulture);
        for (var number = 0; number < runs; number++)
        {
            using var run = await RecordedAsync(randomSeed: number + 1);
            var told = run.Output.Length;

            var code = run.Main("{}", "replay", run.RunFolder);

            Assert.That(code, Is.EqualTo(ExitCode.Held), run.Output[told..] + run.Error);
            Assert.That(run.Output[told..], Does.Contain($"{SeedNodes + Peers + 2} processes, hash"));
            AssertAllKinds(run);
            await TestContext.Progress.WriteLineAsync($"run {number + 1}: {run.Output[told..].Trim()}");
        }
    }

    [Test]
    public async Task A_changed_recording_is_told_with_the_node_the_input_and_both_outputs()
    {
        using var run = await RecordedAsync(randomSeed: 7);
        var path = Directory.GetFiles(run["recordings"], "*.0.jsonl.gz").Order(StringComparer.Ordinal).Last();
        var lines = Unpacked(path).TrimEnd('\n').Split('\n');
        var place = Array.FindIndex(lines, line => line.Contains("\"outputs\":[\"send "));
        lines[place] = lines[place].Replace("\"outputs\":[\"send ", "\"outputs\":[\"sent ");
        Pack(path, lines);
        var told = run.Output.Length;

        var code = run.Main("{}", "replay", run.RunFolder);

        var node = Path.GetFileName(path).Split(".0.jsonl")[0].Replace('_', ':');
        Assert.That(code, Is.EqualTo(ExitCode.Failed));
        // The first line is the start.
        Assert.That(run.Output[told..], Does.Contain($"Different: {node}, process 0, input {place - 1}"));
        Assert.That(run.Output[told..], Does.Contain("recorded: sent ").And.Contain("replayed: send "));
    }

    [Test]
    public async Task Recordings_that_are_not_all_of_the_run_and_whole_are_told_with_the_file()
    {
        using var run = await RecordedAsync(randomSeed: 9);
        var path = Directory.GetFiles(run["recordings"], "*.0.jsonl.gz").Order(StringComparer.Ordinal).Last();
        var whole = File.ReadAllBytes(path);
        var lines = Unpacked(path).TrimEnd('\n').Split('\n');
        var foreign = Path.Combine(run["recordings"], "127.0.0.1_1.0.jsonl.gz");

        void AssertTold(Action damage, string file, string said)
        {
            damage();
            var told = run.Error.Length;
            Assert.That(run.Main("{}", "replay", run.RunFolder), Is.EqualTo(ExitCode.BadInput), said);
            Assert.That(run.Error[told..], Does.Contain(file).And.Contain(said));
            if (Directory.Exists(path)) Directory.Delete(path);
            File.WriteAllBytes(path, whole);
        }

        AssertTold(() => File.Delete(path), path, "is missing, index.json names it");
        AssertTold(
            () =>
            {
                File.Delete(path);
                Directory.CreateDirectory(path);
            },
            path, "is missing, index.json names it");
        AssertTold(() => File.WriteAllBytes(path, [1, 2, 3]), path, "line 1: the file is damaged or was cut off");
        AssertTold(() => File.WriteAllBytes(path, whole[..(whole.Length / 2)]), path, ": ");
        AssertTold(() => Pack(path, lines[..1]), path, "line 2: the recording is not whole");
        AssertTold(() => Pack(path, lines[..^1]), path, $"line {lines.Length}: the recording is not whole");
        AssertTold(() => Pack(path, [.. lines, lines[^2]]), path, "nothing may follow the end");
        AssertTold(() => Pack(path, [.. lines[..^2], lines[^1]]), path, "the end is of ");
        AssertTold(() => Pack(path, [lines[0], "{}", .. lines[1..]]), path, "line 2: allowed is an input");
        AssertTold(() => Pack(path, [lines[0], "null", .. lines[1..]]), path, "line 2: found null");
        AssertTold(
            () => Pack(path, [lines[0], "{\"input\":{}}", .. lines[1..]]), path,
            "line 2: no line of a recording, at input");
        AssertTold(() => File.Copy(path, foreign), foreign, "is no recording of this run");
    }

    [Test]
    public async Task The_state_of_a_recorded_network_is_told_for_a_moment()
    {
        using var run = await RecordedAsync(randomSeed: 8);
        var told = run.Output.Length;

        // The seed node is down from 1.5 s to 2.5 s, the hub from 1 s to 3 s; or later, on a machine with other work.
        run.Main("{}", "replay", run.RunFolder, "--until", MomentWithTwoDown(run["recordings"]));

        Assert.That(run.Output[told..].Split(" down ").Length - 1, Is.EqualTo(2), run.Output[told..]);
        Assert.That(run.Output[told..].Split(" up ").Length - 1, Is.EqualTo(SeedNodes + Peers - 2));
    }

    /// <summary>Between the last crash and the first restart, in scenario seconds.</summary>
    private static string MomentWithTwoDown(string folder)
    {
        var recordings = RecordingFile.OpenAll(folder);
        var start = RecordingIndex.Read(folder).ScenarioStart!.Value;
        var crashed = recordings.SelectMany(recording => recording.Entries)
            .Where(entry => entry.HostEvent == EventKind.ProcessCrashed).Max(entry => (entry.At - start).TotalSeconds);
        var restarted = recordings.Where(recording => recording.StartNumber == 1)
            .Min(recording => (recording.Entries.First().At - start).TotalSeconds);
        Assert.That(restarted, Is.GreaterThan(crashed));
        return ((crashed + restarted) / 2).ToString("F6", CultureInfo.InvariantCulture);
    }

    private static void AssertAllKinds(WholeRun run)
    {
        var all = string.Concat(Directory.GetFiles(run["recordings"], "*.jsonl.gz").Select(Unpacked));
        foreach (var kind in new[] { "START", "MESSAGE", "TIMER", "LINK_DOWN" })
            Assert.That(all, Does.Contain($"\"kind\":\"{kind}\""));
        foreach (var hostEvent in new[] { "PROCESS_CRASHED", "PROCESS_PAUSED", "PROCESS_RESUMED" })
            Assert.That(all, Does.Contain($"\"event\":\"{hostEvent}\""));
    }

    private static void Pack(string path, string[] lines)
    {
        using var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        packed.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
    }

    private static string Unpacked(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    /// <summary>Timings of a few hundred milliseconds, so that a run takes seconds.</summary>
    private static async Task<WholeRun> RecordedAsync(int randomSeed)
    {
        var run = new WholeRun();
        var port = FreePorts.Take(SeedNodes + Peers);
        string[] settings =
        [
            string.Create(CultureInfo.InvariantCulture, $"seedNodes.basePort={port}"),
            string.Create(CultureInfo.InvariantCulture, $"peers.basePort={port + SeedNodes}"),
            string.Create(CultureInfo.InvariantCulture, $"randomSeed={randomSeed}"),
            "phases.measureSeconds=3", "phases.drainSeconds=1", "gossip.intervalMs=300", "outputs.recordInputs=true",
            "liveness.pingIntervalMs=300", "liveness.pingTimeoutMs=200", "liveness.confirmation.timeoutMs=200",
            "seedNodes.probeTimeoutMs=200", "seedNodes.voteTimeoutMs=300", "seedNodes.syncIntervalMs=500",
            "overlay.repair.intervalMs=300", "expectations=[]", "invariants.mode=none", "outputs.plots=[]",
            "outputs.eventLog=none", "outputs.compatLogs=[]",
        ];
        var code = await run.MainAsync(
            SmallScenarios.With(Faults, peers: Peers),
            ["run", "small.json", "--runtime", "tcp", "--json", .. settings.SelectMany(set => new[] { "--set", set })]);
        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        return run;
    }
}
