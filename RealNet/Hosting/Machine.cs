using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Links;

namespace GossipSim.RealNet.Hosting;

/// <summary>What faults do to the machine that a node runs on; it outlives the node's processes.</summary>
internal sealed class Machine(NodeAddress address, World world)
{
    private const ulong PaceStream = 0x7061636574637001UL;

    public NodeClock Clock { get; } = new();

    public NodePace Pace { get; } = new(Mix64.Of(world.RandomSeed, PaceStream, address.Packed));

    public Weather Weather { get; } = new(address, world.RandomSeed, world.Latency, world.Weather);
}
