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

    public static int WeighOneIn(int nodes) => nodes <= MostNodesWeighed ? 1 : Sparse;

    public static IReadOnlyList<KindTraffic> Of(IReadOnlyList<SentTraffic> sent) =>
    [
        .. sent.Select(kind => new KindTraffic(
            WireLength.KindOf(kind.Kind), kind.Messages,
            kind.Weighed == 0 ? null : Math.Round((double)kind.WeighedBytes * kind.Messages / kind.Weighed))),
    ];

    public static IReadOnlyList<KindTraffic> Of(IReadOnlyList<SentKind> sent) =>
        [.. sent.Select(kind => new KindTraffic(kind.Kind, kind.Messages, kind.Bytes))];
}
