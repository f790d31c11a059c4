using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;
using static GossipSim.Tests.Engine.LinkTrial;

namespace GossipSim.Tests.Engine;

/// <summary>Each input of a slow node takes a processing delay, in order, and takes effect at its end.</summary>
[TestFixture]
internal sealed class SlowNodeTests
{
    private static readonly LatencyModel hundredMs = new ConstantLatency(100);

    [Test]
    public void Inputs_queue_and_each_takes_the_processing_delay()
    {
        var trial = new LinkTrial();
        trial.Network.SlowDown(B, hundredMs);
        var sent = trial.Now;
        trial.Sends(A, B, 1, 2, 3);
        trial.RunsFor(2);
        var later = trial.Now;
        trial.Sends(A, B, 4);
        trial.RunsFor(1);

        Assert.That(trial.Heard(B, A), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(trial.MsUntil(B, 1, sent), Is.EqualTo(120));
        Assert.That(trial.MsUntil(B, 2, sent), Is.EqualTo(220));
        Assert.That(trial.MsUntil(B, 3, sent), Is.EqualTo(320));
        Assert.That(trial.MsUntil(B, 4, later), Is.EqualTo(120), "it was idle in between");
    }

    [Test]
    public void What_it_answers_leaves_at_the_end_of_the_processing_and_others_are_as_fast_as_ever()
    {
        var trial = new LinkTrial();
        trial.Contract.At(B).OnHeard = (in envelope, in context) => context.Send(envelope.From, new Leave(9));
        trial.Network.SlowDown(B, hundredMs);
        var sent = trial.Now;
        trial.Sends(A, B, 1);
        trial.Sends(A, C, 2);
        trial.RunsFor(1);

        Assert.That(trial.MsUntil(A, 9, sent), Is.EqualTo(20 + 100 + 20));
        Assert.That(trial.MsUntil(C, 2, sent), Is.EqualTo(60));
    }

    [Test]
    public void An_answer_later_than_connections_with_seed_nodes_last_goes_over_a_new_one()
    {
        var network = new SimulatedContractNetwork(peers: 1);
        var (peer, seedNode) = (network.Addresses[0], SimulatedContractNetwork.SeedNode);
        network.Network.Start(seedNode);
        network.Network.Start(peer);
        network.At(seedNode).OnHeard = (in envelope, in context) => context.Send(envelope.From, envelope.Message);
        network.Network.SlowDown(seedNode, new ConstantLatency(3000));

        network.Sends(peer, seedNode, 1);
        network.RunsFor(1.5);
        network.Sends(peer, seedNode, 2);
        network.RunsFor(10);

        Assert.That(network.At(peer).NumbersFrom(seedNode), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void Timers_and_link_ends_wait_in_the_same_line_and_connections_are_accepted_meanwhile()
    {
        var trial = new LinkTrial();
        trial.Contract.Do(B, (in context) =>
            context.SetTimer(new ProtocolTimer(TimerKind.Liveness), TimeSpan.FromMilliseconds(30)));
        trial.Network.SlowDown(B, hundredMs);
        var sent = trial.Now;
        trial.Sends(A, B, 1);
        trial.Sends(C, B, 2);
        trial.Contract.Do(A, (in context) => context.Close(B));
        trial.RunsFor(2);

        var log = trial.Contract.At(B).Log.Skip(2)
            .Select(heard => (heard.Kind, (heard.Now - sent).TotalMilliseconds));
        Assert.That(log, Is.EqualTo(new[]
        {
            ("message", 120.0), ("linkDown", 220.0), ("timer", 320.0), ("message", 420.0),
        }));
    }

    [Test]
    public void Delays_are_drawn_for_each_input_from_their_distribution()
    {
        var trial = new LinkTrial();
        trial.Network.SlowDown(B, new UniformLatency(10, 30));
        trial.Sends(A, B, [.. Enumerable.Range(1, 1000)]);
        trial.RunsFor(60);

        var ends = trial.Contract.At(B).Messages.Select(heard => heard.Now.Microseconds / 1000.0).Skip(1).ToArray();
        var delays = ends.Zip(ends.Skip(1), (one, next) => next - one).ToArray();
        Assert.That(delays, Is.All.InRange(10, 30));
        // The mean of 999 draws: a standard deviation of 5.8 ms each.
        Assert.That(delays.Average(), Is.EqualTo(20).Within(5 * 5.8 / Math.Sqrt(999)));
        Assert.That(delays.Distinct().Count(), Is.GreaterThan(900));
    }

    [Test]
    public void At_full_speed_again_it_handles_at_once_what_waits_in_order()
    {
        var trial = new LinkTrial();
        trial.Network.SlowDown(B, hundredMs);
        trial.Sends(A, B, 1, 2, 3);
        trial.RunsFor(0.15);
        Assert.That(trial.Heard(B, A), Is.EqualTo(new[] { 1 }));

        trial.Network.SlowDown(B, null);
        Assert.That(trial.Heard(B, A), Is.EqualTo(new[] { 1, 2, 3 }));
        var sent = trial.Now;
        trial.Sends(A, B, 4);
        trial.RunsFor(1);
        Assert.That(trial.Heard(B, A), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(trial.MsUntil(B, 4, sent), Is.EqualTo(20));
    }

    [Test]
    public void A_pause_stops_its_work_where_it_is()
    {
        var trial = new LinkTrial();
        trial.Network.SlowDown(B, hundredMs);
        var sent = trial.Now;
        trial.Sends(A, B, 1, 2);
        trial.RunsFor(0.06);
        trial.Network.Pause(B);
        trial.RunsFor(5);
        Assert.That(trial.Heard(B, A), Is.Empty);

        trial.Network.Resume(B);
        trial.RunsFor(1);
        Assert.That(trial.MsUntil(B, 1, sent), Is.EqualTo(5120), "40 of 100 ms were done");
        Assert.That(trial.MsUntil(B, 2, sent), Is.EqualTo(5220));
    }

    [Test]
    public void A_paused_node_that_is_no_longer_slow_handles_everything_when_it_goes_on()
    {
        var trial = new LinkTrial();
        trial.Network.SlowDown(B, hundredMs);
        trial.Sends(A, B, 1, 2, 3);
        trial.RunsFor(0.05);
        trial.Network.Pause(B);
        trial.Network.SlowDown(B, null);
        Assert.That(trial.Heard(B, A), Is.Empty);

        trial.Network.Resume(B);
        Assert.That(trial.Heard(B, A), Is.EqualTo(new[] { 1, 2, 3 }));
    }

    [TestCase(DiskState.Kept, 1)]
    [TestCase(DiskState.Empty, 0)]
    public void A_crash_forgets_what_waits_and_the_next_process_starts_at_once_and_is_as_slow(
        DiskState disk, int records)
    {
        var trial = new LinkTrial();
        trial.Contract.Do(B, (in context) => context.Persist(new StoreRecord(7)));
        trial.RunsFor(1);
        trial.Network.SlowDown(B, hundredMs);
        trial.Sends(A, B, 1, 2, 3);
        trial.RunsFor(0.15);
        trial.Network.Crash(B, "test");
        trial.Network.Restart(B, disk);
        Assert.That(trial.Contract.At(B).Start.Disk, Has.Count.EqualTo(records));
        Assert.That(trial.Contract.At(B).Log.Single().Now, Is.EqualTo(trial.Now));

        trial.RunsFor(1);
        Assert.That(trial.Heard(B, A), Is.Empty);
        Assert.That(trial.LinksLost(A, B), Is.EqualTo(1));
        var sent = trial.Now;
        trial.Sends(A, B, 4);
        trial.RunsFor(1);
        Assert.That(trial.MsUntil(B, 4, sent), Is.EqualTo(60 + 100));
    }

    [Test]
    public void A_flush_that_a_slow_or_paused_node_waits_for_is_torn_by_a_crash_like_any_other()
    {
        var torn = Enumerable.Range(1, 40).Select(randomSeed =>
        {
            var trial = new LinkTrial(randomSeed: (ulong)randomSeed);
            trial.Network.SlowDown(B, hundredMs);
            trial.Contract.Do(B, (in context) =>
            {
                for (var record = 0; record < 3; record++) context.Persist(new StoreRecord((ulong)record));
            });
            trial.RunsFor(0.1001);
            trial.Network.Pause(B);
            trial.RunsFor(1);
            trial.Network.Crash(B, "test");
            trial.Network.Restart(B, DiskState.Torn);
            return trial.Contract.At(B).Start.Disk.Count;
        }).ToArray();

        Assert.That(torn, Is.All.InRange(0, 1), "only the first record was being written");
        Assert.That(torn.Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public void A_send_to_nobody_is_refused_in_the_line_too()
    {
        var trial = new LinkTrial();
        var nowhere = NodeAddress.Parse("10.9.8.7:1");
        trial.Sends(A, nowhere, 1);
        trial.Network.Pause(A);
        trial.RunsFor(1);
        Assert.That(trial.LinksLost(A, nowhere), Is.Zero);

        trial.Network.Resume(A);
        Assert.That(trial.LinksLost(A, nowhere), Is.EqualTo(1));
    }
}
