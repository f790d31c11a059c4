using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>Who plays in the protocol tests: addresses and process names that can be told apart at a glance.</summary>
internal static class Cast
{
    private static readonly uint Host = NodeAddress.Parse("127.0.0.1:1").Host;

    public static NodeAddress SeedNode(int index) => new(Host, (ushort)(6000 + index));

    public static NodeAddress Peer(int index) => new(Host, (ushort)(7000 + index));

    public static NodeAddress[] SeedNodes(int count) => [.. Enumerable.Range(0, count).Select(SeedNode)];

    /// <summary>The name of the n-th process at an address.</summary>
    public static NodeId ProcessAt(NodeAddress address, int start = 0) => ProcessIdentity.NodeIdOf(7, address, start);

    public static MembershipEntry Member(NodeAddress address, int epoch = 1, long joinStamp = 1, int process = 0) =>
        new(address, epoch, MemberState.Alive, ProcessAt(address, process), joinStamp);
}
