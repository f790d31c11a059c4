using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Pages;

/// <summary>What a page draws of a node; as numbers these are part of what pages read.</summary>
[Flags]
internal enum NodeMarks
{
    None = 0,
    Seed = 1,
    Up = 2,
    Paused = 4,
    Registered = 8,
    Removed = 16,
    Left = 32,
    Learning = 64,
    Liar = 128,

    /// <summary>A process ran there; of nodes that others host nothing is known.</summary>
    Started = 256,
}

/// <summary>One node of a world.</summary>
internal sealed class WorldNode(NodeAddress address)
{
    /// <summary>The nodes in its own list, by their places in the world.</summary>
    public NeighborSet Links;

    public NodeAddress Address { get; } = address;

    public NodeMarks Marks { get; private set; }

    /// <summary>Of its latest membership.</summary>
    public int Epoch { get; set; }

    public void Set(NodeMarks marks, bool isSo) => Marks = isSo ? Marks | marks : Marks & ~marks;

    public WorldNode Copy() => new(Address) { Links = Links.Copy(), Marks = Marks, Epoch = Epoch };
}
