using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// How long the links of a run are: the base latency is a pure function of both ends and the run's random seed, so that
/// it is the same wherever the run takes place.
/// </summary>
public sealed class LinkLengths(LatencyModel model, ulong randomSeed)
{
    private const ulong LatencyStream = 0x6C6174656E637901UL;

    /// <summary>The run's own number, as far as it can be mixed before the ends of a link are known.</summary>
    private readonly ulong key = Mix64.Of(Mix64.Of(randomSeed, LatencyStream) + Mix64.Golden);

    /// <summary>In microseconds. Both directions share a draw; some models look at the direction too.</summary>
    public long Between(int from, int to) => Of(Math.Min(from, to)).Between(from, to);

    /// <summary>What one message takes, in microseconds: the base, and what it is late.</summary>
    /// <param name="unit">In [0, 1): the message's own draw.</param>
    public long OfMessage(int from, int to, double unit) => model.VariesPerMessage
        ? model.BaseMicroseconds(from, to, unit)
        : model.Jittered(Between(from, to), unit);

    /// <summary>The base latencies of one node's links, for who wants several.</summary>
    internal OfNode Of(int node) => new(this, node);

    private ulong KeyOf(int lowerEnd) => Mix64.Of(Mix64.Of(key ^ ((ulong)lowerEnd + Mix64.Golden)) + Mix64.Golden);

    /// <summary>What is the same for all links whose lower end is one node is worked out once.</summary>
    internal readonly ref struct OfNode(LinkLengths lengths, int node)
    {
        private readonly ulong key = lengths.KeyOf(node);

        public long To(int other) => other > node ? Between(node, other) : lengths.Between(node, other);

        /// <param name="from">This node or one above it, as the other end.</param>
        /// <inheritdoc cref="LatencyModel.BaseMicroseconds"/>
        public long Between(int from, int to) => lengths.Model.BaseMicroseconds(
            from, to, Mix64.ToUnit(Mix64.Of(key ^ ((ulong)Math.Max(from, to) + Mix64.Golden))));
    }

    private LatencyModel Model => model;
}
