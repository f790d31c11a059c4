using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Replaying;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Replaying;

internal sealed class InOrderOfTimeTests
{
    [Test]
    public void Inputs_of_a_span_handled_node_by_node_are_told_in_the_order_of_their_times()
    {
        var told = new Told();
        var ordered = new InOrderOfTime(told);
        foreach (var (port, at) in new[] { (7000, 5), (7000, 9), (7001, 3), (7001, 9), (7001, 9) })
            ordered.Handled(RunStory.Address(port), Input(at), []);
        var early = told.Words.Count;

        ordered.Reached(new Instant(10));
        ordered.Handled(RunStory.Address(7000), Input(11), []);
        ordered.Flush();
        ordered.Flush();

        Assert.That(early, Is.Zero);
        Assert.That(told.Words, Is.EqualTo(new[]
        {
            "7001 at 3", "7000 at 5", "7000 at 9", "7001 at 9", "7001 at 9", "reached 10", "7000 at 11",
        }));
    }

    private static Input Input(long at) => new(InputKind.Timer, new Instant(at));

    private sealed class Told : ISimulationWatch
    {
        public List<string> Words { get; } = [];

        public void Handled(NodeAddress node, in Input input, IReadOnlyList<Output> outputs) =>
            Words.Add($"{node.Port} at {input.Now.Microseconds}");

        public void Reached(Instant now) => Words.Add($"reached {now.Microseconds}");
    }
}
