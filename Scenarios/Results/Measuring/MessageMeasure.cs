namespace GossipSim.Scenarios.Results;

/// <summary>
/// How one message fared. Coverage as DESIGN section 5 defines it; null when it was lost with its origin.
/// </summary>
/// <param name="PublishedSeconds">Scenario time of the publication.</param>
/// <param name="EligiblePeers">
/// Peers live, registered and linked from its creation to the end, and connected at the end to somebody who held it.
/// </param>
/// <param name="ReachedPeers">The eligible ones that had it.</param>
/// <param name="Reliability">
/// Of all honest peers alive at the end, the share that got it; the origin has it. Null when no such peer is left.
/// </param>
/// <param name="LastDeliveryHop">Hops of the receipt by flooding that came last.</param>
internal sealed record MessageMeasure(
    MessageRecord Message, double PublishedSeconds, int EligiblePeers, int ReachedPeers, bool LostWithOrigin,
    double? Reliability, int Deliveries, int Recovered, DurationSummary LatencyMs, int? HopsMax, int? LastDeliveryHop)
{
    public double? Coverage => LostWithOrigin || EligiblePeers == 0 ? null : (double)ReachedPeers / EligiblePeers;
}
