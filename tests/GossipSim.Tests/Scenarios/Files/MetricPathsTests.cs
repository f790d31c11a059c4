using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Repeating;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

[TestFixture]
internal sealed class MetricPathsTests
{
    [TestCase("gossip.latencyMs.p99", "ms", "gossip latency p99")]
    [TestCase("overlay.degreeMean", "links", "overlay degree mean")]
    [TestCase("overlay.beforeFirstCrash.robustness.randomR", "share of peers", null)]
    [TestCase("overhead.bytesPerPeerSecond", "bytes/peer/s", "overhead bytes per peer second")]
    [TestCase("detection.stages.quorum.maxMs", "ms", null)]
    [TestCase("detection.stages.quorum.crashes", "crashes", null)]
    [TestCase("performance.wallSeconds", "s", null)]
    [TestCase("performance.peakRssBytes", "bytes", null)]
    [TestCase("membership.seedsAgree", "yes = 1", null)]
    [TestCase("powerLaw.verdict", "", null)]
    public void A_figure_has_the_unit_of_its_name_or_of_what_is_above_it(string path, string unit, string? name)
    {
        Assert.That(MetricPaths.All[path].Unit, Is.EqualTo(unit));
        if (name is not null) Assert.That(MetricPaths.All[path].Name, Is.EqualTo(name));
    }

    [Test]
    public void What_is_usually_compared_is_there_and_has_a_unit_of_its_own()
    {
        Assert.That(FigurePaths.Usual, Is.SubsetOf(MetricPaths.All.Keys));
        Assert.That(FigurePaths.Usual.Select(path => MetricPaths.All[path].Unit), Has.None.AnyOf("", "number"));
    }

    [Test]
    public void Counters_by_names_of_the_run_count() =>
        Assert.That(MetricPaths.UnitOf("refusals.gossip.old"), Is.EqualTo("count"));
}
