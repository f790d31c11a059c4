using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 3: links keep TCP's promises and no more. One way takes 20 ms by default.</summary>
[TestFixture]
internal sealed class SimulatedNetworkTests
{
    private static readonly NodeAddress A = Cast.Peer(0);
    private static readonly NodeAddress B = Cast.Peer(1);

    [Test]
    public void A_first_message_waits_for_the_handshake_and_later_ones_do_not()
    {
        var network = Started();
        network.Sends(A, B, 1);
        network.RunsFor(1);
        network.Sends(A, B, 2);
        network.RunsFor(1);

        var arrivals = network.At(B).Messages.Select(heard => heard.Now.Microseconds);
        Assert.That(arrivals, Is.EqualTo(new[] { 60_000, 1_020_000 }), "a round trip and the way; later the way alone");
    }

    [Test]
    public void A_link_is_as_long_in_one_direction_as_in_the_other()
    {
        var network = Started(latency: new UniformLatency(10, 200));
        network.Sends(A, B, 1);
        network.RunsFor(2);
        network.Sends(A, B, 2);
        network.Sends(B, A, 3);
        network.RunsFor(2);

        var there = network.At(B).Messages.Last().Now;
        Assert.That(network.At(A).Messages.Single().Now, Is.EqualTo(there));
    }

    [Test]
    public void Links_are_of_different_lengths_and_the_same_in_each_run()
    {
        var spans = new[] { Spans(1), Spans(1), Spans(2) };

        Assert.That(spans[1], Is.EqualTo(spans[0]));
        Assert.That(spans[2], Is.Not.EqualTo(spans[0]));
        Assert.That(spans[0], Is.Unique);

        static long[] Spans(ulong randomSeed)
        {
            var network = Started(peers: 6, latency: new UniformLatency(10, 200), randomSeed: randomSeed);
            for (var other = 1; other < 6; other++) network.Sends(A, Cast.Peer(other), 1);
            network.RunsFor(2);
            var others = Enumerable.Range(1, 5).Select(Cast.Peer);
            return [.. others.Select(other => network.At(other).Messages.Single().Now.Microseconds)];
        }
    }

    [Test]
    public void Jitter_and_loss_never_overtake_nor_repeat([Range(1, 10)] int randomSeed)
    {
        var network = Started(
            latency: new ConstantLatency(20) { JitterFraction = 10 }, lossProbability: 0.1,
            randomSeed: (ulong)randomSeed);
        for (var number = 0; number < 2000; number++)
        {
            network.Sends(A, B, number);
            network.RunsFor(0.003);
        }

        network.RunsFor(20);
        var heard = network.At(B).NumbersFrom(A).ToArray();
        Assert.That(heard, Is.Ordered.And.Unique);
        if (network.At(A).LinksLost(B) == 0) Assert.That(heard, Has.Length.EqualTo(2000));
        Assert.That(heard.Length, Is.GreaterThan(1000));
    }

    [Test]
    public void A_lost_transmission_comes_200_ms_later_and_everything_behind_it_waits()
    {
        var network = Linked();
        network.Network.Impair("cut", CutLinks.Between([A], [B]));
        network.Sends(A, B, 1);
        network.Network.Mend("cut");
        network.Sends(A, B, 2);
        var sent = network.Network.Now;
        network.RunsFor(1);

        Assert.That(network.At(B).NumbersFrom(A).Skip(1), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(network.At(B).Messages.Last().Now - sent, Is.EqualTo(TimeSpan.FromMilliseconds(220)));
    }

    [Test]
    public void Five_lost_retransmissions_break_the_link()
    {
        var network = Linked();
        network.Network.Impair("cut", CutLinks.Between([A], [B]));
        network.Sends(A, B, 1);
        var sent = network.Network.Now;
        network.RunsFor(30);

        var down = network.At(A).Log.Single(heard => heard.Kind == "linkDown");
        Assert.That((down.Now - sent).TotalMilliseconds, Is.EqualTo(200 + 400 + 800 + 1600 + 3200));
        Assert.That(network.At(B).NumbersFrom(A), Has.None.EqualTo(1));
    }

    [Test]
    public void A_partition_holds_in_both_directions_and_heals()
    {
        var network = Started(peers: 3);
        network.Network.Impair("split", CutLinks.Between([A, Cast.Peer(2)], [B]));
        network.Sends(A, B, 1);
        network.Sends(B, A, 2);
        network.Sends(A, Cast.Peer(2), 3);
        network.RunsFor(20);
        Assert.That(network.At(B).Messages.Concat(network.At(A).Messages), Is.Empty);
        Assert.That(network.At(Cast.Peer(2)).NumbersFrom(A), Is.EqualTo(new[] { 3 }), "within a group all is well");
        Assert.That(network.At(A).LinksLost(B), Is.EqualTo(1), "the dial was given up");

        network.Network.Mend("split");
        network.Sends(A, B, 4);
        network.RunsFor(1);
        Assert.That(network.At(B).NumbersFrom(A), Is.EqualTo(new[] { 4 }));
    }

    [Test]
    public void A_partition_that_heals_in_time_loses_nothing()
    {
        var network = Linked();
        network.Network.Impair("split", CutLinks.Between([A], [B]));
        network.Sends(A, B, 1, 2, 3);
        network.Sends(B, A, 4);
        network.RunsFor(2);
        network.Network.Mend("split");
        network.RunsFor(5);

        Assert.That(network.At(B).NumbersFrom(A).Skip(1), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(network.At(A).NumbersFrom(B), Is.EqualTo(new[] { 4 }));
        Assert.That(network.At(A).LinksLost(B) + network.At(B).LinksLost(A), Is.Zero);
    }

    [Test]
    public void Of_two_partitions_both_must_heal()
    {
        var network = Started();
        network.Network.Impair("one", CutLinks.Between([A], [B]));
        network.Network.Impair("two", CutLinks.Between([A]));
        network.Network.Mend("one");
        network.Sends(A, B, 1);
        network.RunsFor(1);
        Assert.That(network.At(B).Messages, Is.Empty);

        network.Network.Mend("two");
        network.RunsFor(5);
        Assert.That(network.At(B).NumbersFrom(A), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Loss_strikes_the_named_nodes_only_until_it_ends()
    {
        var network = Started(peers: 4);
        network.Network.Impair("bad", new Impairment(new LinksOf([A])) { LossProbability = 1 });
        network.Sends(A, B, 1);
        network.Sends(Cast.Peer(2), Cast.Peer(3), 2);
        network.RunsFor(20);
        Assert.That(network.At(B).Messages, Is.Empty);
        Assert.That(network.At(Cast.Peer(3)).NumbersFrom(Cast.Peer(2)), Is.EqualTo(new[] { 2 }));

        network.Network.Mend("bad");
        network.Sends(A, B, 3);
        network.RunsFor(1);
        Assert.That(network.At(B).NumbersFrom(A), Is.EqualTo(new[] { 3 }));
    }

    [Test]
    public void What_was_in_flight_arrives_before_the_end_that_a_crash_makes()
    {
        var network = Linked();
        network.Sends(A, B, 1, 2);
        network.Network.Crash(A, "test");
        network.RunsFor(1);

        Assert.That(network.At(B).NumbersFrom(A).Skip(1), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(network.At(B).Log[^1].Kind, Is.EqualTo("linkDown"));
    }

    [Test]
    public void A_crash_behind_a_partition_is_not_heard_until_somebody_sends()
    {
        var network = Linked();
        network.Network.Impair("split", CutLinks.Between([A], [B]));
        network.Network.Crash(A, "test");
        network.Network.Mend("split");
        network.RunsFor(30);
        Assert.That(network.At(B).LinksLost(A), Is.Zero);

        network.Sends(B, A, 1);
        network.RunsFor(1);
        Assert.That(network.At(B).LinksLost(A), Is.EqualTo(1), "TCP answers with a reset");
    }

    [Test]
    public void Timers_of_a_crashed_process_do_not_fire_in_the_next()
    {
        var network = Started();
        network.Do(A, (in context) => context.SetTimer(new ProtocolTimer(TimerKind.Liveness), TimeSpan.FromSeconds(2)));
        network.Network.Crash(A, "test");
        network.Network.Restart(A, DiskState.Kept);
        network.RunsFor(5);

        Assert.That(network.At(A).Log.Where(heard => heard.Kind == "timer"), Is.Empty);
    }

    [TestCase(DiskState.Kept, 1)]
    [TestCase(DiskState.Empty, 0)]
    public void A_restarted_process_finds_the_disk_that_the_fault_leaves(DiskState state, int records)
    {
        var network = Started();
        network.Do(A, (in context) => context.Persist(new StoreRecord(7)));
        network.RunsFor(1);
        network.Network.Crash(A, "test");
        network.Network.Restart(A, state);

        Assert.That(network.At(A).Start.Disk, Has.Count.EqualTo(records));
    }

    [Test]
    public void What_was_not_flushed_is_lost_and_the_message_that_waited_for_it_never_left()
    {
        var network = Linked();
        network.Do(A, (in context) =>
        {
            context.Persist(new StoreRecord(7));
            context.Send(B, new Leave(7));
        });
        network.Network.Crash(A, "test");
        network.Network.Restart(A, DiskState.Kept);
        network.RunsFor(1);

        Assert.That(network.At(A).Start.Disk, Is.Empty);
        Assert.That(network.At(B).NumbersFrom(A), Has.None.EqualTo(7));
    }

    [Test]
    public void A_message_leaves_when_what_was_persisted_before_it_is_durable()
    {
        var network = Linked();
        var sent = network.Network.Now;
        network.Do(A, (in context) =>
        {
            context.Persist(new StoreRecord(7));
            context.Send(B, new Leave(7));
        });
        network.Sends(A, B, 8);
        network.RunsFor(1);

        var heard = network.At(B).Messages.TakeLast(2).ToArray();
        Assert.That(heard.Select(message => message.Number), Is.EqualTo(new[] { 7, 8 }), "none overtakes it");
        Assert.That(heard[0].Now - sent, Is.EqualTo(TimeSpan.FromMicroseconds(20_200)));
    }

    [Test]
    public void A_paused_process_handles_everything_when_it_goes_on_in_order()
    {
        var network = Linked();
        network.Network.Pause(B);
        network.Sends(A, B, 1, 2, 3);
        network.RunsFor(10);
        Assert.That(network.At(B).NumbersFrom(A), Has.None.EqualTo(1));

        network.Network.Resume(B);
        Assert.That(network.At(B).NumbersFrom(A).Skip(1), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(network.At(B).Messages.Last().Now, Is.EqualTo(network.Network.Now));
    }

    [Test]
    public void A_connection_with_a_seed_node_ends_when_idle_and_the_next_message_dials_anew()
    {
        var network = Started();
        network.Network.Start(SimulatedContractNetwork.SeedNode);
        long[] spans = [Exchange(0), Exchange(0.5), Exchange(1.5)];

        Assert.That(spans, Is.EqualTo(new long[] { 60_000, 20_000, 60_000 }));
        Assert.That(network.At(A).LinksLost(SimulatedContractNetwork.SeedNode), Is.Zero);
        Assert.That(network.At(SimulatedContractNetwork.SeedNode).LinksLost(A), Is.Zero);

        long Exchange(double pause)
        {
            network.RunsFor(pause);
            var sent = network.Network.Now;
            network.Sends(A, SimulatedContractNetwork.SeedNode, 1);
            network.RunsFor(0.1);
            return network.At(SimulatedContractNetwork.SeedNode).Messages.Last().Now.Microseconds - sent.Microseconds;
        }
    }

    [Test]
    public void A_send_to_nobody_or_to_oneself_is_told_as_a_link_that_ended()
    {
        var network = Started();
        var nowhere = NodeAddress.Parse("10.9.8.7:1");
        network.Sends(A, nowhere, 1);
        network.Sends(A, A, 1);
        network.RunsFor(1);

        Assert.That(network.At(A).LinksLost(nowhere), Is.EqualTo(1));
        Assert.That(network.At(A).LinksLost(A), Is.EqualTo(1));
    }

    [Test]
    public void The_world_changes_before_nodes_act_at_the_same_time()
    {
        var network = Linked();
        network.Sends(A, B, 1);
        network.Network.At(network.Network.Now + TimeSpan.FromMilliseconds(20), () => network.Network.Crash(B, "test"));
        var before = network.At(B);
        network.RunsFor(1);

        Assert.That(before.NumbersFrom(A), Has.None.EqualTo(1));
    }

    [Test]
    public void A_node_cannot_be_started_twice() =>
        Assert.That(() => Started().Network.Start(A), Throws.InvalidOperationException);

    private static SimulatedContractNetwork Started(
        int peers = 2, LatencyModel? latency = null, double lossProbability = 0, ulong randomSeed = 1)
    {
        var network = new SimulatedContractNetwork(peers, latency, lossProbability, randomSeed);
        foreach (var address in network.Addresses) network.Network.Start(address);
        return network;
    }

    /// <summary>A and B with a link that stands: 0 went over it.</summary>
    private static SimulatedContractNetwork Linked()
    {
        var network = Started();
        network.Sends(A, B, 0);
        network.RunsFor(1);
        return network;
    }
}
