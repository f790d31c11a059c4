using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Workloads;

/// <summary>
/// Workload W2: each peer pings every neighbor every second, and is answered. What is counted are the rounds, the
/// PINGs, the PONGs, and a timeout for each PING, though the peers need only one timer for all PINGs of a round.
/// </summary>
internal sealed class HeartbeatWorkload(int peers, int seconds, ulong randomSeed, int threads)
    : FixedWorkload(peers, randomSeed, threads)
{
    protected override Instant End => Instant.FromSeconds(seconds);

    protected override PeerOptions Options => QuietNetwork.Watchful;

    protected override void Schedule(QuietNetwork network)
    {
        // The rounds begin by themselves.
    }

    protected override long Count(QuietNetwork network, long events, long messages)
    {
        var (pings, rounds) = (messages / 2, (events - messages) / 2);
        return rounds + messages + pings;
    }
}
