using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

[TestFixture]
internal sealed class ForwardTimeTests
{
    [Test]
    public void The_first_of_two_events_never_has_the_later_time()
    {
        var time = new ForwardTime();

        var told = new[] { 1.0, 3.0, 2.999, 3.0, 4.0 }.Select(at => time.Of(Instant.FromSeconds(at)).TotalSeconds);

        Assert.That(told, Is.EqualTo(new[] { 1.0, 3.0, 3.0, 3.0, 4.0 }));
    }
}
