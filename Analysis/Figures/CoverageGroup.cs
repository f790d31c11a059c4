namespace GossipSim.Analysis;

/// <summary>Messages drawn as one curve with its band, such as those published before a crash.</summary>
public sealed record CoverageGroup(string Name, IReadOnlyList<MessageSpread> Messages);
