using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

[TestFixture]
internal sealed class IsolationHistoryTests
{
    [Test]
    public void A_fault_without_groups_may_separate_all_and_one_that_found_nobody_none()
    {
        Assert.That(MaySeparate([]), Is.True);
        Assert.That(MaySeparate([[]]), Is.False);
        Assert.That(MaySeparate([[RunStory.Address(7001)]]), Is.True);
        Assert.That(MaySeparate([[RunStory.Address(7002)]]), Is.False);
    }

    private static bool MaySeparate(NodeAddress[][] groups)
    {
        var history = new IsolationHistory();
        history.Begin(new FaultStrike("linkLoss", "rain", groups, MayIsolate: true), Instant.FromSeconds(1));
        return history.MaySeparate(
            RunStory.Address(6000), RunStory.Address(7001), Instant.FromSeconds(2), Instant.FromSeconds(3));
    }
}
