namespace GossipSim.Engine.Protocol;

/// <summary>A message on its way: the shared, immutable message and what differs from hop to hop.</summary>
/// <param name="From">The neighbor that sent it, bound to its link: nothing inside the message can change it.</param>
/// <param name="Hops">Links crossed since the origin: 1 at its neighbors.</param>
public readonly record struct Envelope(NodeAddress From, NodeAddress To, int Hops, Message Message)
{
    // Inverted: by default it is not known.
    private readonly int standingPlace;

    /// <summary>
    /// The sender's place among the receiver's neighbors in a <see cref="StandingOverlay"/>, where the link stood and
    /// the host knows it; else negative.
    /// </summary>
    internal int StandingPlace
    {
        get => ~standingPlace;
        init => standingPlace = ~value;
    }
}
