using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine.Simulation;

[TestFixture]
internal sealed class NodePaceTests
{
    [Test]
    public void The_count_of_work_begins_anew_before_it_outgrows_a_waiting_event()
    {
        var pace = new NodePace();

        for (var given = 0; given < QueuedEvent.NumberLimit - 1; given++) pace.Forget();
        var last = pace.Round;
        pace.Forget();

        Assert.That((last, pace.Round), Is.EqualTo((QueuedEvent.NumberLimit - 1, 0)));
    }
}
