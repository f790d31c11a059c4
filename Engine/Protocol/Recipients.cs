namespace GossipSim.Engine.Protocol;

/// <summary>
/// Whom one message goes to: all neighbors of a node, in the order of their places, or all but one.
/// </summary>
public readonly ref struct Recipients
{
    /// <summary>No neighbor's: nobody is left out, or it is not known where somebody stands.</summary>
    public const int NoPlace = -1;

    private readonly ReadOnlySpan<NodeAddress> addresses;

    /// <summary>Null when the neighbors are named by address.</summary>
    private readonly StandingOverlay? overlay;

    private readonly int node;

    /// <summary>Neighbors by address.</summary>
    public Recipients(ReadOnlySpan<NodeAddress> addresses, int except = NoPlace)
        : this(overlay: null, node: 0, addresses, except)
    {
    }

    /// <summary>A node's neighbors in an overlay, whose links are as they stood.</summary>
    public Recipients(StandingOverlay overlay, int node, int except = NoPlace)
        : this(overlay, node, addresses: default, except)
    {
    }

    /// <summary>The one or the other: made in one place, it is not copied on its way.</summary>
    internal Recipients(StandingOverlay? overlay, int node, ReadOnlySpan<NodeAddress> addresses, int except)
    {
        this.overlay = overlay;
        this.node = node;
        this.addresses = addresses;
        Except = except;
    }

    /// <summary>Neighbors, whoever is left out included.</summary>
    public int Places => overlay?.Degree(node) ?? addresses.Length;

    /// <summary>The place of the one that is left out; <see cref="NoPlace"/> when all are meant.</summary>
    public int Except { get; }

    /// <summary>Who is at a place, whether left out or not.</summary>
    public NodeAddress this[int place] => overlay is null ? addresses[place] : overlay.AddressAt(node, place);

    /// <summary>Whether they are a node's neighbors in an overlay.</summary>
    public bool AreNeighborsOf(int one, StandingOverlay? links) =>
        overlay is not null && ReferenceEquals(overlay, links) && node == one;
}
