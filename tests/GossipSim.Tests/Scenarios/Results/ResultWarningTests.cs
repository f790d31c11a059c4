using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>What the figures of a run cannot show is a warning of it.</summary>
[TestFixture]
internal sealed class ResultWarningTests
{
    [Test]
    public void Live_peers_that_a_partition_cuts_off_to_the_end_are_named_though_coverage_is_full()
    {
        var run = RecordedRun.WithLineOf(6);
        NodeAddress[][] sides = [[.. Ports(0, 4)], [.. Ports(4, 2)]];
        run.Story.At(1).Tell(0, EventKind.FaultStruck, detail: RunStory.Partition("split", sides))
            .At(2).Publish(7000, 1).At(2.1).Deliver(7001, 7000, 7000, 1).Deliver(7002, 7001, 7000, 1)
            .Deliver(7003, 7002, 7000, 1);

        var result = RunResult.Conclude(run.MeasureAt(5), RecordedRun.Ending);

        Assert.That(result.Summary.Gossip.CoverageOfLivePeersMin, Is.EqualTo(1));
        Assert.That(result.Summary.Gossip.Reliability.Min, Is.EqualTo(4.0 / 6));
        var warning = result.Summary.Warnings.Single();
        Assert.That(warning.Kind, Is.EqualTo(WarningKind.PeersCutOff));
        Assert.That(warning.Message, Does.StartWith(
            "2 of 6 live peers (33.33 %) are cut off from the largest component at the end "
            + "(127.0.0.1:7004, 127.0.0.1:7005)"));
    }

    [TestCase(9.5, 0, Description = "the overlay may still repair itself")]
    [TestCase(10.5, 1)]
    public void An_overlay_in_pieces_is_named_when_nobody_came_or_went_lately(double end, int warnings)
    {
        var run = RecordedRun.WithLineOf(5);
        run.Story.At(2).Crash(7002);

        var result = RunResult.Conclude(run.MeasureAt(end), RecordedRun.Ending);

        Assert.That(result.Summary.Warnings, Has.Count.EqualTo(warnings));
    }

    [Test]
    public void Liars_outside_the_component_are_nobody_to_warn_of()
    {
        var run = RecordedRun.WithLineOf(4);
        run.Story.At(1).Tell(0, EventKind.FaultStruck, detail: new FaultStrike(
            "sybil", "many", [[RunStory.Address(7003)]])).At(2).Unlink(7002, 7003);

        Assert.That(RunResult.Conclude(run.MeasureAt(30), RecordedRun.Ending).Summary.Warnings, Is.Empty);
    }

    [TestCase("gossip.duplicates", "the expectation gossip.duplicates == 0 is met because there was no message")]
    [TestCase("propagation.lastDeliveryHop.max", null, Description = "it has no value, and fails")]
    [TestCase("detection.removed", "the expectation detection.removed == 0 is met because there was no crash")]
    [TestCase("detection.falseRemovals", null)]
    [TestCase("membership.changesWithoutQuorum", null)]
    public void An_expectation_that_is_met_on_nothing_is_named(string metric, string? message)
    {
        var expectation = new Expectation
        {
            Metric = metric, Op = GossipSim.Scenarios.Files.Comparison.Equal, Value = ExpectedValue.Of(0),
        };
        var ending = RecordedRun.Ending with { Expectations = [expectation] };

        var warnings = RunResult.Conclude(RecordedRun.WithLineOf(3).MeasureAt(30), ending).Summary.Warnings;

        Assert.That(warnings.Select(warning => warning.Message), Is.EqualTo(message is null ? [] : new[] { message }));
    }

    [TestCase(1_000_000, 999, 0, false)]
    [TestCase(1_000_000, 1_000, 0, true)]
    [TestCase(1_000_000, 400, 600, true)]
    [TestCase(1_000, 19, 0, false)]
    [TestCase(1_000, 10, 10, true)]
    public void Many_messages_that_sockets_lost_are_named(long sent, long dropped, long refused, bool isNamed)
    {
        var ending = RecordedRun.Ending with { Transport = Transport(sent, dropped, "TOO_MANY_CONNECTIONS", refused) };

        var warnings = RunResult.Conclude(RecordedRun.WithLineOf(3).MeasureAt(30), ending).Summary.Warnings;

        Assert.That(warnings.Select(warning => warning.Kind), Is.EqualTo(
            isNamed ? new[] { WarningKind.SendsLost } : []));
    }

    [TestCase(49, 0.5, 0, "crash", null)]
    [TestCase(50, 0.5, 0, "crash", "one timer in a hundred came 50.0 ms late or later")]
    [TestCase(5, 0.9, 0, "crash", "the run alone used 90.00 % of the processors")]
    [TestCase(5, 0.5, 2, "crash", "2 connections ended because no HELLO came in time")]
    [TestCase(5, 0.5, 2, "pause", null, Description = "a process that stands still says no HELLO")]
    public void A_machine_that_was_the_bottleneck_is_named_first(
        double lateMs, double share, long helloTimeouts, string fault, string? sign)
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(1).Tell(0, EventKind.FaultStruck, detail: new FaultStrike(fault, "f", []));
        var ending = RecordedRun.Ending with
        {
            Transport = Transport(1_000_000, 0, "HELLO_TIMEOUT", helloTimeouts),
            Performance = RecordedRun.Ending.Performance with { TimerLatenessP99Ms = lateMs, ProcessorShare = share },
            Warnings = [new RunWarning("kind", "x", "it did nothing")],
        };

        var result = RunResult.Conclude(run.MeasureAt(30), ending);

        var warning = result.Summary.Warnings.SingleOrDefault(each => each.Kind == WarningKind.MachineTooSlow);
        Assert.That(warning?.Message, sign is null ? Is.Null : Does.StartWith(
            "latencies are not to be trusted, because this machine was the bottleneck").And.EndsWith(": " + sign));
        if (sign is null) return;
        var writer = new StringWriter();
        ClosingSummary.Print(result, new Terminal(writer, writer, allowsColors: false), json: false);
        Assert.That(writer.ToString(), Does.StartWith("Warning: latencies are not to be trusted"));
        var page = ReportPage.Write(result, [], card: null);
        Assert.That(
            page.IndexOf("latencies are not to be trusted", StringComparison.Ordinal),
            Is.InRange(1, page.IndexOf("class=\"verdict", StringComparison.Ordinal)));
        Assert.That(page.Split("latencies are not to be trusted"), Has.Length.EqualTo(2), "it is said once");
    }

    [Test]
    public void A_simulation_does_not_depend_on_the_machine()
    {
        var ending = RecordedRun.Ending with
        {
            Performance = RecordedRun.Ending.Performance with { TimerLatenessP99Ms = 900, ProcessorShare = 1 },
        };

        Assert.That(
            RunResult.Conclude(RecordedRun.WithLineOf(3).MeasureAt(30), ending).Summary.Warnings, Is.Empty);
    }

    [Test]
    public void Lines_that_a_fault_damaged_are_what_was_asked_for()
    {
        var ending = RecordedRun.Ending with { Transport = Transport(1_000, 0, "DAMAGED_ON_THE_WAY", 5_000) };

        Assert.That(
            RunResult.Conclude(RecordedRun.WithLineOf(3).MeasureAt(30), ending).Summary.Warnings, Is.Empty);
    }

    [Test]
    public void Warnings_fail_a_strict_run_only_and_a_run_that_ended_early_has_none()
    {
        var ending = RecordedRun.Ending with { Warnings = [new RunWarning("kind", "x", "it did nothing")] };

        RunResult Of(RunEnding ended) => RunResult.Conclude(RecordedRun.WithLineOf(3).MeasureAt(30), ended);

        Assert.That(Of(ending).Summary.ExitCode, Is.Zero);
        Assert.That(RunVerdict.Of(Of(ending)).Headline, Is.EqualTo("All held, with 1 warning"));
        Assert.That(Of(ending with { IsStrict = true }).Summary.ExitCode, Is.EqualTo(1));
        Assert.That(RunVerdict.Of(Of(ending with { IsStrict = true })).Good, Is.False);
        Assert.That(Of(ending with { IsStrict = true, EndedEarly = "why" }).Summary.Warnings, Is.Empty);
    }

    [TestCase(false, "All held, with 1 warning.")]
    [TestCase(true, "Failed. 1 warning, with --strict.")]
    public void The_last_lines_of_the_console_name_warnings(bool isStrict, string verdict)
    {
        var ending = RecordedRun.Ending with
        {
            Warnings = [new RunWarning("kind", "x", "it did nothing")], IsStrict = isStrict,
        };
        using var screen = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(screen, screen, allowsColors: false);

        ClosingSummary.Print(
            RunResult.Conclude(RecordedRun.WithLineOf(3).MeasureAt(30), ending), terminal, json: false);

        Assert.That(screen.ToString(), Does.Contain(verdict).And.EndWith("\nWarning: it did nothing.\n"));
    }

    private static IEnumerable<NodeAddress> Ports(int first, int count) =>
        Enumerable.Range(7000 + first, count).Select(RunStory.Address);

    private static TransportSummary Transport(long sent, long dropped, string word, long refused) => new()
    {
        FramesSent = sent, FramesReceived = sent, BytesSent = 0, BytesReceived = 0, ConnectionsOpened = 10,
        MessagesDropped = dropped, Throttled = 0, LinksBroken = 0,
        Refused = new Dictionary<string, long> { [word] = refused },
    };
}
