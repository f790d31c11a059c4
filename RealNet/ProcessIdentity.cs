using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>How a process gets its chance and its name from the run's random seed, its address and which start it is, from 0.</summary>
public static class ProcessIdentity
{
    // Keeps the name apart from the numbers that the node itself draws. The value is arbitrary.
    private const ulong NameStream = 0x6E6F64652D6E616DUL;

    public static NodeRandom RandomOf(ulong randomSeed, NodeAddress address, int start) =>
        NodeRandom.For(randomSeed, address, start);

    public static NodeId NodeIdOf(ulong randomSeed, NodeAddress address, int start)
    {
        var names = NodeRandom.For(randomSeed ^ NameStream, address, start);
        return new NodeId(names.NextUInt64());
    }
}
