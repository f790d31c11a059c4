using GossipSim.Engine.Simulation;
using GossipSim.RealNet;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>What networks count of their messages, under the names that these have on the wire.</summary>
internal static class SentByKind
{
    /// <summary>
    /// Our choice: up to here every message is weighed. Writing each as JSON would take longer than simulating a large
    /// network, so beyond it one input in 64 has what it sends weighed.
    /// </summary>
    private const int MostNodesWeighed = 2_000;

    private const int Sparse = 64;

    /// <summary>
    /// Our choice for runs of which many are wanted: their bytes a peer and second come out within about 1 %, and
    /// weighing every message would cost a third of the time.
    /// </summary>
    private const int Sampled = 16;

    public static int WeighOneIn(TrafficCounting counting, int nodes) =>
        nodes > MostNodesWeighed ? Sparse : counting == TrafficCounting.Sampled ? Sampled : 1;

    public static IReadOnlyList<KindTraffic> Of(IReadOnlyList<SentTraffic> sent) =>
    [
        .. sent.Select(kind => new KindTraffic(
            WireLength.KindOf(kind.Kind), kind.Messages, kind.Weighed, kind.WeighedBytes,
            kind.SpareBytes)),
    ];

    public static IReadOnlyList<KindTraffic> Of(IReadOnlyList<SentKind> sent) =>
        [.. sent.Select(kind => new KindTraffic(kind.Kind, kind.Messages, kind.Messages, kind.Bytes))];
}
