using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;
using static GossipSim.Tests.Engine.LinkTrial;

namespace GossipSim.Tests.Engine;

/// <summary>A node's own clock may be wrong; the network's time, and the trace's, is true.</summary>
[TestFixture]
internal sealed class SkewedClockTests
{
    private static readonly EventKind report = EventKind.Joined;

    [TestCase(250, 0, 10, 250)]
    [TestCase(-5000, 0, 10, -5000)]
    [TestCase(0, 200_000, 10, 2000)]
    [TestCase(100, -50_000, 10, 100 - 500)]
    public void A_clock_is_off_by_its_offset_and_what_it_drifted_since(
        double offsetMs, double driftPpm, double afterSeconds, double expectedMs)
    {
        var trial = new LinkTrial();
        trial.Network.SkewClock(B, Skew(offsetMs, driftPpm));
        trial.RunsFor(afterSeconds);

        Assert.That((TimeAt(trial, B) - trial.Now).TotalMilliseconds, Is.EqualTo(expectedMs));
        Assert.That(TimeAt(trial, A), Is.EqualTo(trial.Now), "nobody else's");
    }

    [Test]
    public void A_clock_can_show_a_time_before_the_run_began_and_goes_on_evenly()
    {
        var trial = new LinkTrial();
        trial.Network.SkewClock(B, Skew(-3000, 0));
        var before = TimeAt(trial, B);
        trial.RunsFor(5);

        Assert.That(before.TotalSeconds, Is.EqualTo(-2));
        Assert.That(TimeAt(trial, B).TotalSeconds, Is.EqualTo(3));
    }

    [TestCase(0, 2000)]
    [TestCase(1_000_000, 1000)]
    [TestCase(-500_000, 4000)]
    public void Timers_take_as_long_as_the_clock_believes(double driftPpm, double expectedMs)
    {
        var trial = new LinkTrial();
        trial.Network.SkewClock(B, Skew(777, driftPpm));
        var set = trial.Now;
        trial.Contract.Do(B, (in context) =>
            context.SetTimer(new ProtocolTimer(TimerKind.Liveness), TimeSpan.FromSeconds(2)));
        var due = set + TimeSpan.FromMilliseconds(expectedMs);
        trial.Network.RunUntil(due + TimeSpan.FromMicroseconds(-1));
        Assert.That(Fired(), Is.Empty);

        trial.Network.RunUntil(due);
        Assert.That((Fired().Single().Now - set).TotalMilliseconds, Is.EqualTo(777 + 2000));

        IEnumerable<Heard> Fired() => trial.Contract.At(B).Log.Where(heard => heard.Kind == "timer");
    }

    [Test]
    public void A_clock_that_is_set_right_again_shows_true_time()
    {
        var trial = new LinkTrial();
        trial.Network.SkewClock(B, Skew(9000, 100_000));
        trial.RunsFor(3);
        trial.Network.SkewClock(B, default);

        Assert.That(TimeAt(trial, B), Is.EqualTo(trial.Now));
    }

    [Test]
    public void A_timer_that_a_jumped_clock_believes_overdue_fires_at_once()
    {
        var trial = new LinkTrial();
        trial.Contract.Do(B, (in context) =>
            context.SetTimer(new ProtocolTimer(TimerKind.Liveness), TimeSpan.FromSeconds(-4)));
        trial.RunsFor(1);

        Assert.That(trial.Contract.At(B).Log.Single(heard => heard.Kind == "timer").Now.TotalSeconds, Is.EqualTo(1));
    }

    [Test]
    public void The_trace_hears_true_time()
    {
        var trial = new LinkTrial();
        trial.Network.SkewClock(B, Skew(60_000, 300));
        trial.RunsFor(2);
        trial.Contract.Do(B, (in context) => context.Report(new ProtocolEvent(report)));

        Assert.That(trial.Reports(report).Single().At, Is.EqualTo(trial.Now));
    }

    [Test]
    public void The_next_process_has_the_same_clock()
    {
        var trial = new LinkTrial();
        trial.Network.SkewClock(B, Skew(400, 0));
        trial.Network.Crash(B, "test");
        trial.Network.Restart(B, DiskState.Kept);

        var start = trial.Contract.At(B).Log.Single(heard => heard.Kind == "start");
        Assert.That((start.Now - trial.Now).TotalMilliseconds, Is.EqualTo(400));
    }

    [Test]
    public void A_clock_cannot_stand_still_or_go_back() =>
        Assert.That(
            () => new LinkTrial().Network.SkewClock(B, Skew(0, -1e6)), Throws.InstanceOf<ArgumentException>());

    private static ClockSkew Skew(double offsetMs, double driftPpm) =>
        new(TimeSpan.FromMilliseconds(offsetMs), driftPpm);

    private static Instant TimeAt(LinkTrial trial, NodeAddress node)
    {
        Instant? time = null;
        trial.Contract.Do(node, (in context) => time = context.Now);
        return time!.Value;
    }
}
