using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Results;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;
using Spectre.Console;

namespace GossipSim.Tests.Scenarios.Progress;

internal sealed class ProgressTests
{
    private const int Peers = 40;

    private static string TellTo(Func<TextWriter, RunFacts, IRunProgress> start)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        var facts = RunStory.Facts with { PeersWanted = Peers };
        var record = new RunRecord(facts);
        using (var progress = start(writer, facts))
        {
            var story = new RunStory(new Observed(record, progress));
            CrashStory.TellFormation(story, Peers);
            record.MarkScenarioStart(story.Now);
            progress.ScenarioStarted(record, story.Now);
            CrashStory.TellScenario(story, Peers);
            record.MarkEnd(story.Now);
            progress.Ended(record, story.Now);
        }

        return writer.ToString();
    }

    [Test]
    public void Progress_into_a_file_is_a_plain_line_for_each_phase_fault_and_detection()
    {
        var lines = TellTo((writer, facts) => new PlainProgress(writer, facts, new StandingClock()))
            .TrimEnd().Split(Environment.NewLine);

        Assert.That(lines, Is.EqualTo(new[]
        {
            "story: 3 seed nodes, 40 peers, sim, random seed 42",
            "formed after 1.00 s: 40 registered, 40 linked",
            "9.00 s: 127.0.0.1:7002 crashed (kill-hub)",
            "11.50 s: 127.0.0.1:7002 suspected by 127.0.0.1:7001",
            "13.00 s: 127.0.0.1:7002 removed by quorum (first at seed node 127.0.0.1:6000)",
            "ended at 27.0/30 s: 79 messages, 3,042 deliveries, 1 fault, 1 suspicion, 1 removal",
        }));
    }

    [Test]
    public void A_long_run_says_every_ten_seconds_how_far_it_is()
    {
        var clock = new StandingClock();
        var output = TellTo((writer, facts) => new Ageing(new PlainProgress(writer, facts, clock), clock));

        Assert.That(output, Does.Contain("messages, "));
        Assert.That(output.Split('\n').Length, Is.LessThan(40));
    }

    [Test]
    public void A_simulation_says_its_pace_and_the_time_that_is_left()
    {
        var clock = new StandingClock();
        var tally = new ProgressTally(RunStory.Facts, clock);
        tally.Reach(Instant.FromSeconds(1), 500);
        tally.Start(Instant.FromSeconds(1));
        clock.Pass(TimeSpan.FromSeconds(0.5));
        tally.Reach(Instant.FromSeconds(2), 1_500);
        var atOnce = tally.PaceInWords();
        clock.Pass(TimeSpan.FromSeconds(3.5));
        tally.Reach(Instant.FromSeconds(11), 8_500);

        Assert.That(atOnce, Is.Empty, "a run of less than a second says nothing");
        Assert.That(tally.PaceInWords(), Is.EqualTo(", 2,000 events/s, 8 s left"), "10 of 30 s in 4 s");
        clock.Pass(TimeSpan.FromSeconds(76));
        Assert.That(tally.PaceInWords(), Is.EqualTo(", 100 events/s, 3 min left"));
    }

    /// <summary>As the report says it, however late the line is.</summary>
    [Test]
    public void What_happens_on_TCP_is_told_with_its_own_time()
    {
        var tally = new ProgressTally(RunStory.Facts with { Runtime = RuntimeKind.Tcp }, new StandingClock());
        var record = new RunRecord(RunStory.Facts);
        tally.Start(Instant.FromSeconds(2));

        var note = tally.Count(
            record, RunStory.Address(7002), Instant.FromSeconds(8.074),
            new ProtocolEvent(EventKind.ProcessCrashed, Detail: "kill-hub"));

        Assert.That(note, Is.EqualTo("6.07 s: 127.0.0.1:7002 crashed (kill-hub)"));
    }

    [Test]
    public void Formation_is_measured_by_the_peers_that_are_linked()
    {
        var clock = new StandingClock();
        var facts = RunStory.Facts with { PeersWanted = Peers };
        var record = new RunRecord(facts);
        var tally = new ProgressTally(facts, clock);
        foreach (var port in Enumerable.Range(7000, Peers / 4))
        {
            var joined = new ProtocolEvent(EventKind.Joined);
            record.Report(RunStory.Address(port), Instant.Zero, joined);
            tally.Count(record, RunStory.Address(port), Instant.Zero, joined);
        }

        clock.Pass(TimeSpan.FromSeconds(5));
        tally.Reach(Instant.FromSeconds(1), 10_000);

        Assert.That(tally.PaceInWords(), Is.EqualTo(", 2,000 events/s, 15 s left"));
    }

    [Test]
    public void A_run_that_waits_for_quiet_after_its_end_says_so_every_ten_seconds()
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        var clock = new StandingClock();
        using var progress = new PlainProgress(writer, RunStory.Facts, clock);
        var record = new RunRecord(RunStory.Facts);
        progress.ScenarioStarted(record, Instant.Zero);
        progress.Ended(record, Instant.FromSeconds(30));

        for (var second = 31; second <= 60; second++)
        {
            clock.Pass(TimeSpan.FromSeconds(1));
            progress.Reached(Instant.FromSeconds(second), second * 1000);
        }

        var waiting = writer.ToString().Split(Environment.NewLine).Where(line => line.StartsWith("waiting for quiet"));
        Assert.That(waiting.Count(), Is.EqualTo(3));
        Assert.That(waiting.First(), Does.EndWith("40.0 s, 4,000 events/s"));
    }

    [Test]
    public void An_interruption_is_answered_at_once()
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        using var interrupt = new CancellationTokenSource();
        using var progress = new PlainProgress(writer, RunStory.Facts, new StandingClock(), interrupt.Token);

        interrupt.Cancel();

        Assert.That(writer.ToString().TrimEnd(), Does.EndWith("Interrupted: writing the results so far."));
    }

    [Test]
    public void Thousands_of_faults_do_not_flood_the_console()
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        var record = new RunRecord(RunStory.Facts);
        using var progress = new PlainProgress(writer, RunStory.Facts, new StandingClock());
        var story = new RunStory(new Observed(record, progress));
        for (var i = 0; i < 5000; i++) story.Crash(10_000 + i);

        Assert.That(writer.ToString().Split('\n').Length, Is.LessThan(50));
        Assert.That(writer.ToString(), Does.Contain("the logs have them all"));
    }

    [Test]
    public void Live_progress_ends_with_all_it_counted()
    {
        var output = TellTo((writer, facts) => new LiveProgress(
            AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.Yes,
                Out = new WideOutput(writer),
            }), facts, CancellationToken.None));

        Assert.That(output, Does.Contain("40/40 registered, 40 linked"));
        Assert.That(output, Does.Contain("127.0.0.1:7002 crashed (kill-hub)"));
        Assert.That(output, Does.Contain("faults 1  suspected 1  removed 1"));
    }

    [Test]
    public void The_closing_summary_names_verdict_figures_and_the_file_to_open()
    {
        var run = RecordedRun.WithLineOf(2);
        run.Story.At(1).Publish(7000, 1).At(1.25).Deliver(7001, 7000, 7000, 1);
        var result = RunResult.Conclude(run.MeasureAt(30), RecordedRun.Ending, "/results/[odd] name");
        var writer = new StringWriter(CultureInfo.InvariantCulture);

        ClosingSummary.Print(result, new Terminal(writer, writer, allowsColors: false), json: false);

        Assert.That(writer.ToString(), Does.Contain("All held. 0 invariants held, 0 expectations met."));
        Assert.That(writer.ToString(), Does.Contain("Coverage of live peers, lowest").And.Contain("100 %"));
        Assert.That(writer.ToString(), Does.Contain(Path.Combine("/results/[odd] name", "report.html")));
        Assert.That(writer.ToString(), Does.Not.Contain("\u001b["));
    }

    private sealed class Observed(RunRecord record, IRunProgress progress) : ITrace
    {
        public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
        {
            record.Report(node, now, protocolEvent);
            progress.Observe(record, node, now, protocolEvent);
        }
    }

    /// <summary>Lets a second pass at every hundredth event.</summary>
    private sealed class Ageing(IRunProgress inner, StandingClock clock) : IRunProgress
    {
        private int events;

        public void Observe(RunRecord record, NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
        {
            if (++events % 100 == 0) clock.Pass(TimeSpan.FromSeconds(1));
            inner.Observe(record, node, now, protocolEvent);
        }

        public void Reached(Instant now, long inputs) => inner.Reached(now, inputs);

        public void ScenarioStarted(RunRecord record, Instant now) => inner.ScenarioStarted(record, now);

        public void Ended(RunRecord record, Instant now) => inner.Ended(record, now);

        public void Dispose() => inner.Dispose();
    }

    private sealed class StandingClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Pass(TimeSpan span) => ticks += span.Ticks;
    }

    private sealed class WideOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 200;

        public int Height => 50;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
