using System.Globalization;
using GossipSim.Engine.Protocol;
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
    public void Thousands_of_faults_do_not_flood_the_console()
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        var record = new RunRecord(RunStory.Facts);
        using var progress = new PlainProgress(writer, RunStory.Facts, new StandingClock());
        var story = new RunStory(new Observed(record, progress));
        for (var i = 0; i < 5000; i++) story.Crash(10_000 + i);

        Assert.That(writer.ToString().Split('\n').Length, Is.LessThan(50));
        Assert.That(writer.ToString(), Does.Contain("outputfile.txt has them all"));
    }

    [Test]
    public void Live_progress_ends_with_all_it_counted()
    {
        var output = TellTo((writer, facts) => new LiveProgress(
            AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.Yes,
                Out = new WideOutput(writer),
            }), facts));

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
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new WideOutput(writer),
        });

        ClosingSummary.Print(result, console, writer);

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
