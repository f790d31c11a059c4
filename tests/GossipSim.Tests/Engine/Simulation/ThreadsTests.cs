using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// DESIGN section 3: one order for all thread counts. Real nodes under faults of every sort, by several threads and by
/// one, in wide windows and narrow ones: the same fingerprint, and the same reports in the same order.
/// </summary>
[TestFixture]
internal sealed class ThreadsTests
{
    private const double Seconds = 40;

    [Test]
    public void Any_number_of_threads_makes_the_same_run([Range(1, 12)] int run)
    {
        var alone = Run(run, threads: 1);

        foreach (var threads in new[] { 2, 3, 4, 7 })
        {
            var together = Run(run, threads);
            Assert.That(together.Network.Fingerprint, Is.EqualTo(alone.Network.Fingerprint), $"{threads} threads");
            Assert.That(Lines(together), Is.EqualTo(Lines(alone)), $"{threads} threads");
            Assert.That(together.Network.Events, Is.EqualTo(alone.Network.Events));
        }

        Assert.That(alone.Network.Events, Is.GreaterThan(1000), "something happened");
    }

    [Test]
    public void Windows_of_any_width_make_the_same_run([Range(1, 4)] int run)
    {
        var (wide, narrow) = (Run(run, threads: 1), Run(run, threads: 1, smallestMs: 0.002));

        Assert.That(narrow.Network.Fingerprint, Is.EqualTo(wide.Network.Fingerprint));
        Assert.That(Lines(narrow), Is.EqualTo(Lines(wide)));
    }

    [Test]
    public void What_a_node_throws_comes_out_of_the_run_whichever_thread_it_was()
    {
        var network = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = new AddressPlan(Cast.SeedNode(0), 0, Cast.Peer(0), 200),
                Factories = index => _ => new Bomb(goesOff: index == 199),
                RandomSeed = 1,
                Threads = 3,
            },
            new Nobody());
        for (var peer = 0; peer < 200; peer++) network.StartAt(Instant.Zero, Cast.Peer(peer));

        var thrown = Assert.Throws<InvalidOperationException>(() => network.RunUntil(Instant.FromSeconds(5)));

        Assert.That(thrown.Message, Is.EqualTo("bang"));
    }

    [Test]
    public void More_threads_than_workers_can_be_numbered_are_refused([Values(0, -1, 65)] int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmallNetwork(3, 3, 1, threads: threads));

    /// <param name="smallestMs">
    /// What the latencies promise to be no smaller than; they are all larger than any of it, so only windows change.
    /// </param>
    private static SmallNetwork Run(int run, int threads, double smallestMs = 1)
    {
        var random = NodeRandom.For(4711, Cast.Peer(0), run);
        var latency = new Promising(2 + (5 * random.Next(4)), 60)
        {
            JitterFraction = random.Next(2), Shortest = TimeSpan.FromMilliseconds(smallestMs),
        };
        var network = new SmallNetwork(
            3 + random.Next(3), 60, (ulong)run, latency, 0.01 * random.Next(2), threads: threads);
        foreach (var seedNode in network.SeedNodes) network.Network.Start(seedNode);
        foreach (var peer in network.Peers)
            network.Network.StartAt(Instant.FromSeconds(1 + (random.NextUnit() * 3)), peer);
        foreach (var peer in network.Peers.Take(6))
            network.Network.InjectAt(Instant.FromSeconds(8), peer, new ProtocolTimer(TimerKind.StartPublishing));
        while (network.Network.Now.TotalSeconds < Seconds)
        {
            network.RunsFor(random.NextUnit() * 5);
            Strike(network, ref random);
        }

        return network;
    }

    private static void Strike(SmallNetwork network, ref NodeRandom random)
    {
        var (world, plan) = (network.Network, network.Plan);
        var node = plan[random.Next(plan.Count)];
        var soon = world.Now + random.NextTimeSpan(TimeSpan.FromSeconds(2));
        switch (random.Next(8))
        {
            case 0: world.Crash(node, "random"); break;
            case 1: world.At(soon, () => world.Crash(node, "random")); break;
            case 2: world.At(soon, () => world.Restart(node, DiskState.Torn)); break;
            case 3: world.Pause(node); world.At(soon, () => world.Resume(node)); break;
            case 4: world.SlowDown(node, new DrawnLatency(new ExponentialDistribution(10))); break;
            case 5: world.SkewClock(node, new ClockSkew(TimeSpan.FromSeconds(random.Next(20) - 10), 2_000)); break;
            case 6:
                world.Impair("links", new(new LinksOf([node])) { LossProbability = 0.2, BytesPerSecond = 20_000 });
                break;
            default:
                world.Impair("cut", CutLinks.Between([node], [.. network.SeedNodes]));
                world.At(soon, () => world.Mend("cut"));
                break;
        }
    }

    private static IEnumerable<string> Lines(SmallNetwork network) => network.Happenings.Select(happening =>
        $"{happening.At} {happening.Node} {happening.Event.Kind} {happening.Event.About} {happening.Event.Number}");

    /// <summary>Uniform, and promises no more than it is told to.</summary>
    private sealed record Promising(double FromMs, double ToMs) : LatencyModel
    {
        protected override double BaseMs(int from, int to, double unit) => FromMs + ((ToMs - FromMs) * unit);
    }

    private sealed class Bomb(bool goesOff) : Node
    {
        public override void OnStart(in NodeContext context) =>
            context.SetTimer(new ProtocolTimer(TimerKind.Own), TimeSpan.FromSeconds(1));

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
        }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
            if (goesOff) throw new InvalidOperationException("bang");
        }
    }
}
