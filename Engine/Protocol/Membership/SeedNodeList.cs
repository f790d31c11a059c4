namespace GossipSim.Engine.Protocol;

/// <summary>The seed nodes of a cluster, in the same order everywhere.</summary>
internal static class SeedNodeList
{
    /// <summary>The list in which the seed node in one place has the address that was found for its name.</summary>
    public static NodeAddress[] With(NodeAddress[] seedNodes, NodeAddress found, int place)
    {
        NodeAddress[] list = [.. seedNodes];
        list[place] = found;
        return list;
    }
}
