namespace GossipSim.Scenarios.Gates;

/// <summary>On which side of its bound a change fails a gate.</summary>
internal enum GateSide
{
    /// <summary>B is too large.</summary>
    Above,

    /// <summary>B is too small.</summary>
    Below,

    /// <summary>B is too far from A, in either direction.</summary>
    Outside,
}
