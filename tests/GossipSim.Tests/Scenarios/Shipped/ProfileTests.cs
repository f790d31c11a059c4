using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Shipped;

/// <summary>Each profile says what its source document says: SOURCES sections 1.1 and 1.2.</summary>
[TestFixture]
internal sealed class ProfileTests
{
    public static readonly string[] Documents = ["doc000", "doc001", "doc002", "doc003", "doc004"];

    // S16, S17, S18 with W21, S19 with W21, S13/A3
    [TestCase("doc000", OverlayRuleName.PreferentialAttachment, "1 to 3")]
    [TestCase("doc001", OverlayRuleName.TopHalf, null)]
    [TestCase("doc002", OverlayRuleName.ZipfRank, "3")]
    [TestCase("doc003", OverlayRuleName.ZipfRank, "floorHalfPlusOne")]
    [TestCase("doc004", OverlayRuleName.Uniform, "4")]
    public void Neighbors_are_chosen_as_the_document_says(string document, OverlayRuleName rule, string? links)
    {
        var overlay = Load(document).Overlay;

        Assert.That(overlay.Rule, Is.EqualTo(rule));
        if (links is not null) Assert.That($"{overlay.LinksPerJoin}", Is.EqualTo(links));
        Assert.That(overlay.Repair.Enabled, Is.False, "D12");
        Assert.That(overlay.MaxDegree, Is.Null, "B1");
    }

    [Test]
    public void Document_003_weighs_shuffled_ranks_by_1_and_document_002_the_order_of_its_list_by_2()
    {
        var (of003, of002) = (Load("doc003").Overlay, Load("doc002").Overlay);

        Assert.That((of003.ZipfExponent, of003.ZipfRankBy), Is.EqualTo((1.0, RankOrder.Shuffled)), "S19, W21");
        Assert.That((of002.ZipfExponent, of002.ZipfRankBy), Is.EqualTo((2.0, RankOrder.Age)), "W21, section 6");
    }

    // D6: the text of document 003 says all; S13: floor(n/2)+1 of 001, 002, 004; C2 of 000
    [TestCase("doc000", RegisterWith.Quorum)]
    [TestCase("doc001", RegisterWith.Quorum)]
    [TestCase("doc002", RegisterWith.Quorum)]
    [TestCase("doc003", RegisterWith.AllSeeds)]
    [TestCase("doc004", RegisterWith.Quorum)]
    public void Membership_changes_as_the_document_says(string document, RegisterWith registerWith)
    {
        var scenario = Load(document);

        Assert.That(scenario.Peers.RegisterWith, Is.EqualTo(registerWith));
        Assert.That(scenario.SeedNodes.QuorumRule, Is.EqualTo(QuorumRule.FloorHalfPlusOne), "S3, D5");
        Assert.That(scenario.SeedNodes.RemovalEvidence, Is.EqualTo(RemovalEvidence.TrustReporter), "S8, D10");
        Assert.That(scenario.SeedNodes.PeerListLimit, Is.EqualTo(100_000), "S14: the whole list");
        Assert.That(scenario.Liveness.ReportTo, Is.EqualTo(ReportTo.AllSeedNodes), "S33");
    }

    // D11; S31: documents 001 and 004 ask nobody
    [TestCase("doc000", ConfirmationRule.MajorityOfReporterNeighbors)]
    [TestCase("doc001", ConfirmationRule.None)]
    [TestCase("doc002", ConfirmationRule.MajorityOfReporterNeighbors)]
    [TestCase("doc003", ConfirmationRule.MajorityOfReporterNeighbors)]
    [TestCase("doc004", ConfirmationRule.None)]
    public void The_dead_are_found_as_the_document_says(string document, ConfirmationRule rule)
    {
        var liveness = Load(document).Liveness;

        Assert.That(liveness.Confirmation.Rule, Is.EqualTo(rule));
        Assert.That(
            (liveness.PingIntervalMs, liveness.MissedPingsToSuspect), Is.EqualTo((13_000, 3)), "S28, S29, D13");
        Assert.That(liveness.OnConnectionReset, Is.EqualTo(ResetReaction.Nothing), "D15");
    }

    // S25, D1, D4, S32, D2
    [TestCase("doc000", "timestamp:ip:port:msgNumber", "milliseconds", "allExceptSender", "ip:port:timestamp:reporter")]
    [TestCase("doc001", "timestamp:ip:msgNumber", "seconds", "allExceptSender", "ip:port:timestamp:reporter")]
    [TestCase("doc002", "timestamp:ip:port:msgNumber", "milliseconds", "allExceptSender", "ip:port:timestamp:reporter")]
    [TestCase("doc003", "timestamp:ip:port:msgNumber", "milliseconds", "allNeighbors", "ip:port:timestamp:reporter")]
    [TestCase("doc004", "timestamp:ip:msgNumber", "seconds", "allExceptSender", "ip:timestamp:reporter")]
    public void Messages_and_reports_read_as_the_document_writes_them(
        string document, string id, string timestamps, string forwardTo, string report)
    {
        var scenario = Load(document);

        Assert.That(ScenarioJson.WordOf(scenario.Gossip.MessageIdFormat), Is.EqualTo(id));
        Assert.That(ScenarioJson.WordOf(scenario.Gossip.Timestamps), Is.EqualTo(timestamps));
        Assert.That(ScenarioJson.WordOf(scenario.Gossip.ForwardTo), Is.EqualTo(forwardTo));
        Assert.That(ScenarioJson.WordOf(scenario.Liveness.ReportFormat), Is.EqualTo(report));
        Assert.That((scenario.Gossip.IntervalMs, scenario.Gossip.MaxMessagesPerPeer), Is.EqualTo((5000, 10)), "S24");
    }

    // S42, S40, S56
    [TestCase("doc000", 5001, 6001, 5, "doc000")]
    [TestCase("doc001", 6000, 7000, 5, "")]
    [TestCase("doc002", 5000, 6000, 3, "doc002")]
    [TestCase("doc003", 6000, 7000, 5, "doc003")]
    [TestCase("doc004", 6000, 7000, 5, "doc004")]
    public void A_run_has_the_documents_ports_and_log_names(string document, int seed, int peer, int peers, string logs)
    {
        var scenario = Load(document);

        Assert.That(scenario.Runtime, Is.EqualTo(RuntimeKind.Tcp), "S54");
        Assert.That(scenario.Peers.Hosting, Is.EqualTo(Hosting.ProcessPerNode), "S54");
        Assert.That((scenario.SeedNodes.Count, scenario.SeedNodes.BasePort), Is.EqualTo((3, seed)));
        Assert.That((scenario.Peers.Count, scenario.Peers.BasePort), Is.EqualTo((peers, peer)));
        Assert.That(string.Join(' ', scenario.Outputs.CompatLogs.Select(log => ScenarioJson.WordOf(log))),
            Is.EqualTo(logs));
    }

    [TestCase("doc000", "D10 D12")]
    [TestCase("doc001", "D1 D1 D10 D12")]
    [TestCase("doc002", "D10 D12")]
    [TestCase("doc003", "D10 D12")]
    [TestCase("doc004", "D1 D1 D10 D12")]
    public void What_the_documents_rules_cost_is_waived_with_its_number(string document, string numbers)
    {
        var reasons = Load(document).Invariants.Waived.Values.Select(reason => reason[..reason.IndexOf(':')]);

        Assert.That(string.Join(' ', reasons.Order(StringComparer.Ordinal)), Is.EqualTo(numbers));
    }

    [TestCaseSource(nameof(Documents))]
    public void A_user_extends_a_profile_and_says_what_is_different(string document)
    {
        using var folder = new ScenarioFolder();

        var own = folder.Load(
            $$"""{ "extends": "profiles/{{document}}.json", "peers": { "count": 7 }, "timing": "fast" }""");

        Assert.That((own.Name, own.Peers.Count), Is.EqualTo(("a", 7)));
        Assert.That(own.Liveness.PingIntervalMs, Is.EqualTo(1000));
        Assert.That(own.Overlay with { Repair = new() }, Is.EqualTo(Load(document).Overlay with { Repair = new() }));
    }

    /// <summary>D10: the security table of document 003 claims that it takes majorities.</summary>
    [TestCaseSource(nameof(Documents))]
    public void One_liar_removes_a_living_peer_and_the_summary_says_what_that_is(string document)
    {
        const string Liar = """
            [{ "id": "liar", "type": "byzantine", "atSeconds": 5, "behavior": "falseDeadReport",
               "target": { "index": [1] }, "victim": { "index": [0] } }]
            """;
        using var folder = new ScenarioFolder();
        var trial = ScenarioTrial.Of(
            $$"""{ "extends": "profiles/{{document}}.json", "peers": { "count": 6 }, "faults": {{Liar}} }""",
            "phases.measureSeconds=20");

        var removed = trial.Watch!.Waived()["noFalseRemoval"];

        Assert.That(trial.Violations, Is.Empty);
        // It comes back each time, and the liar goes on. The report of document 004 names nobody (D2).
        Assert.That(removed, document == "doc004" ? Is.Zero : Is.Positive);
    }

    private static Scenario Load(string document)
    {
        using var folder = new ScenarioFolder();
        return folder.Load(ShippedRun.TextOf(document));
    }
}
