namespace GossipSim.Engine.Protocol;

/// <summary>
/// What a process gets from the run's random seed: the name and the stream of chance of the n-th process at an address.
/// One rule for all hosts, so that a recorded TCP run can be replayed offline.
/// </summary>
public static class ProcessIdentity
{
    private const ulong NameStream = 0x6E6F646549640001UL;

    /// <param name="start">Which process at this address, from 0.</param>
    public static NodeId NodeIdOf(ulong randomSeed, NodeAddress address, int start) =>
        new(NodeRandom.For(randomSeed ^ NameStream, address, start).NextUInt64());

    public static NodeRandom RandomOf(ulong randomSeed, NodeAddress address, int start) =>
        NodeRandom.For(randomSeed, address, start);
}
