namespace GossipSim.Analysis;

/// <summary>
/// What happened after one crash, in seconds since the start of the run; null or missing where it never happened.
/// </summary>
public sealed record CrashTimeline(
    string Peer,
    double CrashSeconds,
    double? FirstSuspicionSeconds,
    double? FirstReportSeconds,
    IReadOnlyList<SeedNodeRemoval> Removals);

/// <summary>The moment at which one seed node committed the removal, in seconds since the start of the run.</summary>
public sealed record SeedNodeRemoval(string SeedNode, double Seconds);
