namespace GossipSim.Scenarios.Results;

/// <summary>What nodes sent, by kind of message, until scenario time 0 and until the end.</summary>
internal sealed record RunTraffic(
    IReadOnlyList<KindTraffic> AtStart, IReadOnlyList<KindTraffic> AtEnd, int WeighedOneIn = 1);

/// <param name="Bytes">Null when none was weighed.</param>
internal readonly record struct KindTraffic(string Kind, long Messages, double? Bytes);
