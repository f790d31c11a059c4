using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Nodes;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Nodes;

/// <summary>Nobody makes a node write more than so many lines a second, and what is left out is counted.</summary>
[TestFixture]
internal sealed class LineBudgetTests
{
    private readonly LineBudget budget = new();

    [TestCase(EventKind.InputRefused)]
    [TestCase(EventKind.ReportHeard)]
    public void What_others_cause_is_written_up_to_the_bound_and_the_rest_is_counted(EventKind kind)
    {
        var refused = new ProtocolEvent(kind, Cast.Peer(1), Detail: "LINE_TOO_LONG");
        var written = 0;
        for (var line = 0; line < 10_000; line++)
            if (budget.Admits(At(7.0 + (line / 20_000.0)), refused, out var early))
            {
                Assert.That(early, Is.Null);
                written++;
            }

        Assert.That(written, Is.EqualTo(LineBudget.LinesPerSecond));
        Assert.That(budget.Admits(At(8), refused, out var note), Is.True);
        Assert.That(note, Is.EqualTo(new ProtocolEvent(
            EventKind.InputRefused, Number: 10_000 - LineBudget.LinesPerSecond)));
        Assert.That(budget.Admits(At(9), refused, out note), Is.True);
        Assert.That(note, Is.Null);
    }

    [Test]
    public void What_the_node_does_by_itself_is_always_written()
    {
        var joined = new ProtocolEvent(EventKind.NeighborAdded, Cast.Peer(1));

        for (var line = 0; line < 1000; line++) Assert.That(budget.Admits(At(1), joined, out _), Is.True);
    }

    private static Instant At(double seconds) => Instant.Zero + TimeSpan.FromSeconds(seconds);
}
