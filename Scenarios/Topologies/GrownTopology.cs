using GossipSim.Analysis;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Topologies;

/// <summary>One overlay of many: what the rule made of one random seed, and what its degrees say.</summary>
internal sealed record GrownTopology(long RandomSeed, int[] Degrees, PowerLawAnalysis PowerLaw)
{
    public long Edges => Degrees.Sum(degree => (long)degree) / 2;

    public double DegreeMean => Degrees.Average();

    public int DegreeMin => Degrees.Min();

    public int DegreeMax => Degrees.Max();

    /// <param name="joined">Told now and then how many more peers have joined.</param>
    public static GrownTopology Grow(
        TopologyRequest request, int run, Action<int> joined, CancellationToken cancel)
    {
        var scenario = request.Scenario with { RandomSeed = request.Scenario.RandomSeed + run };
        var settings = ProtocolSettings.Of(scenario, DateTimeOffset.UnixEpoch);
        var degrees = OverlayGrowth.Degrees(
            settings.Plan, settings.Peer, (ulong)scenario.RandomSeed,
            peers =>
            {
                cancel.ThrowIfCancellationRequested();
                joined(peers);
            });
        var analysis = Analysis.PowerLaw.Analyze(degrees, new PowerLawOptions
        {
            Replicates = request.Replicates,
            // Many overlays are what tells how alpha scatters, and the verdict does not rest on power.
            Resamples = 0,
            PowerDataSets = 0,
            RandomSeed = (ulong)scenario.RandomSeed,
            Threads = 1,
        });
        return new GrownTopology(scenario.RandomSeed, degrees, analysis);
    }
}
