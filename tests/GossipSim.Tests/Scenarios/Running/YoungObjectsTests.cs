using GossipSim.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>What a process with real sockets allocates is collected soon, whatever the runtime's budget is.</summary>
[TestFixture]
internal sealed class YoungObjectsTests
{
    private const int Rounds = 5;

    /// <summary>A little more than may be left uncollected.</summary>
    private const int Kilobytes = 9 << 10;

    // Others' objects would be collected too, and count.
    [Test]
    [NonParallelizable]
    public async Task Each_eight_megabytes_are_collected_though_nothing_more_is_allocated()
    {
        using var youngObjects = new YoungObjects();
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.CollectionCount(0);
            for (var kilobyte = 0; kilobyte < Kilobytes; kilobyte++) GC.KeepAlive(new byte[1024]);
            await Patience.UntilAsync(() => GC.CollectionCount(0) > before, "the youngest objects are collected");
        }
    }
}
