using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// How long the links of a run are: the base latency is a pure function of both ends and the run's random seed, so that
/// it is the same wherever the run takes place.
/// </summary>
public sealed class LinkLengths(LatencyModel model, ulong randomSeed)
{
    private const ulong LatencyStream = 0x6C6174656E637901UL;

    private readonly ulong start = Mix64.Of(randomSeed, LatencyStream);

    /// <summary>In microseconds. Both directions share a draw; some models look at the direction too.</summary>
    public long Between(int from, int to) => model.BaseMicroseconds(from, to, DrawOf(from, to));

    /// <summary>What one message takes, in microseconds: the base, and what it is late.</summary>
    /// <param name="unit">In [0, 1): the message's own draw.</param>
    public long OfMessage(int from, int to, double unit) => model.VariesPerMessage
        ? model.BaseMicroseconds(from, to, unit)
        : model.Jittered(Between(from, to), unit);

    /// <summary>
    /// A link's two ends, the lower first, are a number: its draw is that one of the run's stream (SplitMix64).
    /// </summary>
    private double DrawOf(int one, int other)
    {
        // Which end is the lower is as good as chance: a branch on it would be guessed wrong half of the time.
        var below = (other - one) & ((other - one) >> 31);
        var link = ((ulong)(one + below) << 32) | (uint)(other - below);
        return Mix64.ToUnit(Mix64.Of(start + (link * Mix64.Golden)));
    }
}
