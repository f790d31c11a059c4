using BenchmarkDotNet.Attributes;
using GossipSim.Analysis;
using GossipSim.Engine.Protocol;

namespace GossipSim.Benchmarks;

/// <summary>What the metrics of an overlay cost, grown by preferential attachment with three links each.</summary>
public class GraphBenchmarks
{
    private const int Links = 3;

    private (int, int)[] edges = [];
    private Graph graph = Graph.Of(0, []);

    [Params(100_000, 1_000_000)]
    public int Peers { get; set; }

    [GlobalSetup]
    public void Grow()
    {
        var random = new NodeRandom(1);
        var (list, ends) = (new List<(int, int)>(Links * Peers), new List<int>(2 * Links * Peers));
        for (int peer = 1; peer < Peers; peer++)
        {
            var targets = new SortedSet<int>();
            while (targets.Count < Math.Min(Links, peer))
                targets.Add(peer <= Links ? random.Next(peer) : ends[random.Next(ends.Count)]);
            foreach (int target in targets)
            {
                list.Add((peer, target));
                ends.Add(peer);
                ends.Add(target);
            }
        }

        (edges, graph) = ([.. list], Graph.Of(Peers, [.. list]));
    }

    [Benchmark]
    public int Build() => Graph.Of(Peers, edges).Edges;

    [Benchmark]
    public int? Cores() => KCores.Of(graph).Max;

    [Benchmark]
    public double? Transitivity() => Clustering.Of(graph).Transitivity;

    /// <summary>One whole curve S(f), order included.</summary>
    [Benchmark]
    public double? TargetedCurve() => RobustnessCurve.Of(graph, RemovalOrder.ByDegree(graph)).R;

    [Benchmark]
    public double? AdaptiveCurve() => RobustnessCurve.Of(graph, RemovalOrder.ByRemainingDegree(graph)).R;

    [Benchmark]
    public double? RandomCurve() => RobustnessCurve.Of(graph, RemovalOrder.Random(Peers, 0)).R;

    /// <summary>All three kinds of curves, several of the random one, on all processors.</summary>
    [Benchmark]
    public double? AllCurves() => Robustness.Of(graph, Environment.ProcessorCount)?.AdaptiveR;

    [Benchmark]
    public int Components() => GraphComponents.Of(graph).Count;

    [Benchmark]
    public int CutPoints() => ArticulationPoints.Of(graph).Count;

    [Benchmark]
    public double Rank() => PageRank.Of(graph, Environment.ProcessorCount).Max();

    /// <summary>From a sample of the nodes, with the bounds of the diameter.</summary>
    [Benchmark]
    public double? Paths() => PathLengths.Of(graph, GraphComponents.Of(graph), new GraphOptions()).Mean;

    [Benchmark]
    public double Hubs() => Betweenness.Of(graph, new GraphOptions()).Top[0].Value;
}
