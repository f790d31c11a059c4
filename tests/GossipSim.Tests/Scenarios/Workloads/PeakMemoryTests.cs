using GossipSim.Scenarios.Workloads;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Workloads;

/// <summary>Alone: what other tests take or give back meanwhile would be counted too.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class PeakMemoryTests
{
    private const int Megabyte = 1 << 20;
    private const int Large = 200 * Megabyte;

    [Test]
    public void Memory_that_was_given_back_meanwhile_counts_as_long_as_the_measurement_goes_on()
    {
        Collect();
        var memory = PeakMemory.Begin();
        var before = memory.Bytes();
        Touch();
        Collect();

        Assert.That(memory.Bytes(), Is.GreaterThan(before + Large - (20 * Megabyte)));
    }

    [Test]
    [Platform("Linux")]
    public void A_new_measurement_knows_nothing_of_what_was_given_back_before_it()
    {
        Assume.That(
            () => File.WriteAllText("/proc/self/clear_refs", "5"), Throws.Nothing, "not every container allows it");
        var memory = PeakMemory.Begin();
        Touch();
        var peak = memory.Bytes();
        Collect();

        Assert.That(PeakMemory.Begin().Bytes(), Is.LessThan(peak - (Large / 2)));
    }

    private static void Touch()
    {
        var large = GC.AllocateUninitializedArray<byte>(Large);
        for (var page = 0; page < large.Length; page += Environment.SystemPageSize) large[page] = 1;
        GC.KeepAlive(large);
    }

    private static void Collect() =>
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
