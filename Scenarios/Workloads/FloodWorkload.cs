using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Scenarios.Workloads;

/// <summary>
/// Workload W1: in the first ten seconds so many broadcasts from random peers, each flooded to all. What is counted are
/// deliveries: each link carries each message at least once, those of a first receipt but one way.
/// </summary>
internal sealed class FloodWorkload(int peers, int broadcasts, ulong randomSeed, int threads)
    : FixedWorkload(peers, randomSeed, threads)
{
    private const ulong Stream = 0x62726F6164636101UL;
    private const int SpreadMicroseconds = 10_000_000;

    private readonly ulong randomSeed = randomSeed;
    private readonly int peers = peers;

    protected override Instant End => Instant.FromSeconds(100);

    protected override PeerOptions Options =>
        QuietNetwork.Quiet with { MaxMessagesPerPeer = Math.Max(1, broadcasts) };

    protected override void Schedule(QuietNetwork network)
    {
        var random = new NodeRandom(Mix64.Of(randomSeed, Stream));
        for (var broadcast = 0; broadcast < broadcasts; broadcast++)
            network.Simulation.InjectAt(
                new Instant(1 + random.Next(SpreadMicroseconds)), network.Plan[random.Next(peers)],
                new ProtocolTimer(TimerKind.StartPublishing));
    }

    protected override long Count(QuietNetwork network, long events, long messages)
    {
        var due = broadcasts * network.DeliveriesOfFlood;
        return messages == due
            ? messages
            : throw new InvalidOperationException($"{messages} deliveries, and flooding makes {due}");
    }
}
