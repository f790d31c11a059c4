using GossipSim.Analysis;
using GossipSim.Scenarios.Results;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Shipped;

/// <summary>What the documents' neighbor rules make of many peers: SOURCES D8, D9 and section 6.</summary>
[TestFixture]
internal sealed class DocumentOverlayTests
{
    // 000: preferential attachment is a power law. 001, 003: as dense as half of all pairs. 002: a star. 004: no hubs.
    [TestCase("doc000", 1000, PowerLawVerdict.Supported)]
    [TestCase("doc001", 520, PowerLawVerdict.Rejected)]
    [TestCase("doc003", 520, PowerLawVerdict.Rejected)]
    [TestCase("doc002", 1000, PowerLawVerdict.Inconclusive)]
    [TestCase("doc004", 1000, PowerLawVerdict.Inconclusive)]
    public void The_overlay_of_many_is_what_the_rule_makes_it(string document, int peers, PowerLawVerdict verdict)
    {
        var found = Measure(document, peers);

        Assert.That(found.PowerLaw!.Verdict, Is.EqualTo(verdict), found.PowerLaw.Reason);
    }

    [TestCaseSource(typeof(ProfileTests), nameof(ProfileTests.Documents))]
    public void The_overlay_of_few_proves_nothing(string document)
    {
        var found = Measure(document, peers: 40);

        Assert.That(
            found.PowerLaw!.Verdict,
            Is.AnyOf(PowerLawVerdict.Inconclusive, PowerLawVerdict.CannotBeFitted), "D9");
    }

    [TestCase("doc001")]
    [TestCase("doc003")]
    public void Half_of_the_list_makes_a_dense_graph(string document)
    {
        const int Peers = 200;

        var overlay = Measure(document, Peers).Overlay;

        Assert.That(overlay.Edges, Is.EqualTo(0.51 * Peers * (Peers - 1) / 2).Within(2).Percent, "D8: 0.49 to 0.53");
    }

    [Test]
    public void The_list_rank_of_document_002_makes_a_star()
    {
        const int Peers = 500;

        var overlay = Measure("doc002", Peers).Overlay;

        Assert.That(overlay.DegreeMax, Is.GreaterThan(0.8 * Peers), "section 6: 1743 of 2000");
    }

    /// <summary>Formation only: nobody says anything, nobody is pinged, and the crash changes nothing to speak of.
    /// </summary>
    private static RunMeasurements Measure(string document, int peers) => RunMeasurements.Of(
        ScenarioTrial.Of(
            ShippedRun.TextOf(document), isWatched: false, "runtime=sim", $"peers.count={peers}",
            "gossip.maxMessagesPerPeer=0", "phases.measureSeconds=1", "faults[0].atSeconds=0.5").World,
        new MeasurementOptions { PowerLawReplicates = 200 });
}
