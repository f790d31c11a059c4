namespace GossipSim.Scenarios.Results;

/// <summary>What nodes sent, by kind of message, until scenario time 0 and until the end.</summary>
internal sealed record RunTraffic(
    IReadOnlyList<KindTraffic> AtStart, IReadOnlyList<KindTraffic> AtEnd, int WeighedOneIn = 1);
