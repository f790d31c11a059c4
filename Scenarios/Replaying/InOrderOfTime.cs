using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Replaying;

/// <summary>
/// Tells another watch of inputs in the order of their times. The simulator handles what happens in a short span node
/// by node, in the order of each; between spans everything before is settled.
/// </summary>
internal sealed class InOrderOfTime(ISimulationWatch watch) : ISimulationWatch
{
    private readonly List<Seen> span = [];

    public void Handled(NodeAddress node, in Input input, IReadOnlyList<Output> outputs) =>
        span.Add(new Seen(node, input, outputs));

    public void Reached(Instant now)
    {
        Flush();
        watch.Reached(now);
    }

    /// <summary>Tells what has not been told; also at the end.</summary>
    public void Flush()
    {
        // A stable sort: what a node did at one time stays in its order.
        foreach (var seen in span.OrderBy(seen => seen.Input.Now)) watch.Handled(seen.Node, seen.Input, seen.Outputs);
        span.Clear();
    }

    private readonly record struct Seen(NodeAddress Node, Input Input, IReadOnlyList<Output> Outputs);
}
