using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Viewing;
using GossipSim.Tests.Scenarios.Results;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Viewing;

/// <summary>A fork is the same run until its moment, and nothing but what was asked for is different from then on.
/// </summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class ForkRunTests
{
    private const string Lame =
        """
        { "id": "lame", "type": "pause", "atSeconds": 3, "everySeconds": 4, "durationSeconds": 1,
          "target": { "pick": "random" } }
        """;

    private const string Slow =
        """
        { "id": "slow", "type": "linkDelay", "atSeconds": 5, "addLatencyMs": 5,
          "target": { "pick": "random", "count": 3 } }
        """;

    private readonly WholeRun run = new();

    // Found before there are folders of forks, which come and go while others look.
    private string originalFolder = null!;

    private StoredEvents log = null!;

    [OneTimeSetUp]
    public void RunOnce()
    {
        var scenario = SmallScenarios.With($"{SmallScenarios.KillHub}, {Lame}, {Slow}", measureSeconds: 14, peers: 25);
        run.Main(scenario, "small.json", "--set", "outputs.plots=[]", "--set", "expectations=[]");
        originalFolder = run.RunFolder;
        log = StoredEvents.Open(Path.Combine(originalFolder, EventLog.FileName));
    }

    [OneTimeTearDown]
    public void Clean() => run.Dispose();

    [Test]
    public void If_the_hub_had_not_crashed_the_run_is_the_same_until_then_and_nobody_is_removed()
    {
        var crash = StrikeOf("kill-hub");

        var outcome = Fork(At(crash), new ForkEdit(ForkDeed.Spare, Seq: crash.Seq));

        Assert.That(outcome.ForkPrefix, Is.EqualTo(outcome.OriginalPrefix).And.Not.EqualTo(Figures.NoFingerprint));
        var forked = LogOf(outcome);
        AssertSameUntil(forked, crash.Microseconds);
        Assert.That(Figures.Of(outcome, "detection.crashes"), Is.EqualTo("1 0"));
        Assert.That(Figures.Of(outcome, "detection.removed"), Is.EqualTo("1 0"));
        Assert.That(Figures.Of(outcome, "peers.live"), Is.EqualTo("24 25"));
        // What was not asked about strikes when it did; later picks are made among those who live then.
        Assert.That(StrikesIn(forked, "slow"), Is.EqualTo(StrikesIn(log, "slow")));
        Assert.That(
            Figures.Strikes(forked, "lame").Select(strike => strike.Microseconds),
            Is.EqualTo(StrikesOf("lame").Select(strike => strike.Microseconds)));
    }

    [Test]
    public void A_strike_that_is_spared_leaves_all_later_ones_of_its_fault_as_they_were()
    {
        var second = StrikesOf("lame").ElementAt(1);

        var outcome = Fork(At(second), new ForkEdit(ForkDeed.Spare, Seq: second.Seq));

        Assert.That(outcome.IsPrefixIdentical, Is.True);
        var before = StrikesIn(log, "lame");
        Assert.That(before, Has.Count.GreaterThan(2));
        Assert.That(StrikesIn(LogOf(outcome), "lame"), Is.EqualTo(before.Where((_, place) => place != 1)));
    }

    [Test]
    public void A_crash_that_is_put_in_strikes_at_the_moment_and_the_fork_is_a_scenario_of_its_own()
    {
        var peer = StrikeOf("lame").Groups[0][0].ToString();

        var outcome = Fork(TimeSpan.FromSeconds(4.25), new ForkEdit(ForkDeed.Crash, peer));

        Assert.That(outcome.IsPrefixIdentical, Is.True);
        var forked = LogOf(outcome);
        AssertSameUntil(forked, log.ScenarioStart + 4_250_000);
        var crash = StrikesIn(forked, "fork-1").Single();
        Assert.That(crash, Is.EqualTo($"4.25 s crash {peer}"));
        // Whoever runs the fork's scenario again gets the fork.
        var folder = FolderOf(outcome);
        using var again = new WholeRun();
        again.Main(File.ReadAllText(Path.Combine(folder, "scenario.json")), "small.json", "--json");
        Assert.That(again.Json.GetProperty("fingerprint").GetString(), Is.EqualTo(FingerprintIn(folder)));
    }

    [Test]
    public void Edits_that_make_no_sense_are_refused_with_the_reason()
    {
        var crash = StrikeOf("kill-hub");
        var spared = new ForkEdit(ForkDeed.Spare, Seq: crash.Seq);

        Assert.That(Refusal(At(crash) + TimeSpan.FromMicroseconds(1), spared), Does.Contain("before the fork"));
        Assert.That(Refusal(TimeSpan.FromSeconds(-1), spared), Does.Contain("still forming"));
        Assert.That(Refusal(TimeSpan.Zero), Does.Contain("without a change"));
        Assert.That(Refusal(TimeSpan.Zero, spared with { Seq = 1 }), Does.Contain("event 1 is no strike"));
        Assert.That(Refusal(TimeSpan.Zero, spared with { Node = "127.0.0.1:1" }), Does.Contain("does not strike"));
        Assert.That(Refusal(TimeSpan.Zero, new ForkEdit(ForkDeed.Pause, "127.0.0.1:1")), Does.Contain("no node"));
        Assert.That(
            Assert.Throws<ScenarioException>(() => Fork(
                TimeSpan.FromSeconds(16), new ForkEdit(ForkDeed.Crash, "127.0.0.1:7000")))!.Message,
            Does.Contain("measurement end at 15"));
    }

    [Test]
    public void A_run_that_this_program_does_not_make_any_more_is_refused()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in new[] { EventLog.FileName, "run.json", "scenario.effective.json" })
            File.Copy(Path.Combine(originalFolder, file), folder[file]);
        var summary = File.ReadAllText(Path.Combine(originalFolder, "summary.json"))
            .Replace(FingerprintIn(originalFolder), "0123456789abcdef", StringComparison.Ordinal);
        File.WriteAllText(folder["summary.json"], summary);
        var fork = new ForkRun(folder.Path, log, ScenarioLibrary.OfProgram());

        var refusal = Assert.Throws<UsageException>(() => fork.Run(
            new ForkRequest(TimeSpan.Zero, [new ForkEdit(ForkDeed.Crash, "127.0.0.1:7003")]), _ => { },
            CancellationToken.None))!.Message;

        Assert.That(refusal, Does.Contain("no longer makes that run").And.Contain("0123456789abcdef"));
    }

    [Test]
    public void Runs_on_sockets_and_runs_that_were_stopped_cannot_be_forked()
    {
        using var folder = new TemporaryFolder();
        var tcp = StoredLogs.Open(StoredLogs.Write(
            story => story.At(1).Publish(7000, 1), RunStory.Facts with { Runtime = RuntimeKind.Tcp }));

        Assert.That(ForkRun.Reason(folder.Path, tcp), Does.Contain("TCP"));
        Assert.That(ForkRun.Reason(folder.Path, log), Does.Contain("scenario.effective.json"));
        File.Copy(Path.Combine(originalFolder, "scenario.effective.json"), folder["scenario.effective.json"]);
        File.Copy(Path.Combine(originalFolder, "run.json"), folder["run.json"]);
        File.WriteAllText(folder["summary.json"], """{ "exitCode": 130, "fingerprint": "00" }""");
        Assert.That(ForkRun.Reason(folder.Path, log), Does.Contain("stopped by its user"));
        File.WriteAllText(folder["summary.json"], """{ "exitCode": 0, "fingerprint": null }""");
        Assert.That(ForkRun.Reason(folder.Path, log), Does.Contain("no fingerprint"));
        Assert.That(ForkRun.Reason(originalFolder, log), Is.Null);
    }

    private ForkOutcome Fork(TimeSpan at, params ForkEdit[] edits) => new ForkRun(
        originalFolder, log, ScenarioLibrary.OfProgram()).Run(
            new ForkRequest(at, edits), _ => { }, CancellationToken.None);

    private string Refusal(TimeSpan at, params ForkEdit[] edits) =>
        Assert.Throws<UsageException>(() => Fork(at, edits))!.Message;

    private string FolderOf(ForkOutcome outcome) => Path.Combine(run.Results, outcome.Run);

    private StoredEvents LogOf(ForkOutcome outcome) =>
        StoredEvents.Open(Path.Combine(FolderOf(outcome), EventLog.FileName));

    private TimeSpan At(FoundStrike strike) => log.SinceStart(strike.Microseconds);

    private FoundStrike StrikeOf(string fault) => StrikesOf(fault).First();

    private IEnumerable<FoundStrike> StrikesOf(string fault) => Figures.Strikes(log, fault);

    private static List<string> StrikesIn(StoredEvents told, string fault) =>
    [
        .. Figures.Strikes(told, fault).Select(strike => FormattableString.Invariant(
            $"{told.SinceStart(strike.Microseconds).TotalSeconds} s {strike.Word} ")
            + string.Join(", ", strike.Groups.SelectMany(group => group).Select(node => node.ToString()).Order())),
    ];

    /// <summary>Line by line, and the run goes on differently afterwards.</summary>
    private void AssertSameUntil(StoredEvents forked, long microseconds)
    {
        var count = log.PlaceAfter(microseconds - 1);
        Assert.That(count, Is.GreaterThan(100));
        Assert.That(Figures.Lines(forked, count), Is.EqualTo(Figures.Lines(log, count)));
        Assert.That(forked.PlaceAfter(microseconds - 1), Is.EqualTo(count));
        Assert.That(Figures.Lines(forked, forked.Count), Is.Not.EqualTo(Figures.Lines(log, log.Count)));
    }

    private static string FingerprintIn(string folder)
    {
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "summary.json")));
        return summary.RootElement.GetProperty("fingerprint").GetString()!;
    }
}
