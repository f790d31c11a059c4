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

    protected override PeerOptions Options() => Quiet with { MaxMessagesPerPeer = Math.Max(1, broadcasts) };

    protected override void Schedule(SimulatedNetwork network)
    {
        var random = new NodeRandom(Mix64.Of(randomSeed, Stream));
        for (var broadcast = 0; broadcast < broadcasts; broadcast++)
            network.InjectAt(
                new Instant(1 + random.Next(SpreadMicroseconds)), Plan[random.Next(peers)],
                new ProtocolTimer(TimerKind.StartPublishing));
    }

    protected override long Count(long events, long messages)
    {
        // Each peer passes a message on to all neighbors but the one it came from, and the origin to all.
        var due = broadcasts * ((2 * Links) - peers + 1);
        return messages == due
            ? messages
            : throw new InvalidOperationException($"{messages} deliveries, and flooding makes {due}");
    }
}
