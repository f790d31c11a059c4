using GossipSim.Scenarios.Explaining;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Explaining;

/// <summary>Reasons that random faults do not lead to, in simulated runs that do; judged for every pair.</summary>
internal sealed class StagedMessageTests
{
    private static List<(string Id, string Peer, Explanation<ReachReason> Claim)> JudgedClaims(LoggedRun run)
    {
        var raw = new RawLog(run.Lines());
        var claims = run.Claims(raw).ToList();
        Assert.Multiple(() =>
        {
            foreach (var (id, peer, claim) in claims)
                Assert.That(new ReachClaim(raw, id, peer).Refute(claim), Is.Null, $"{claim.Question}: {claim.Reason}");
        });
        return claims;
    }

    [Test]
    public void A_peer_that_drops_gossip_between_two_parts_of_a_tree_is_named()
    {
        var run = Stage.Run(
            """
            { "id": "mute", "type": "byzantine", "behavior": "dropGossip", "atSeconds": 0,
              "target": { "pick": "highestDegree" } }
            """,
            links: 1);

        var dropped = JudgedClaims(run).Where(claim => claim.Claim.Reason == ReachReason.DroppedByByzantine).ToList();

        var liar = new RawLog(run.Lines()).Of("faultStruck").Single().Json["detail"]!["groups"]![0]![0];
        Assert.That(dropped, Is.Not.Empty);
        Assert.That(dropped.Select(claim => claim.Claim.Why), Has.All.Contains($"{liar}, which keeps gossip"));
        Assert.That(dropped.Select(claim => claim.Id), Has.None.Contains($":{liar}:"), "its own messages it does send");
    }

    [Test]
    public void A_liar_that_starts_again_is_honest_and_not_accused()
    {
        var run = Stage.Run(
            """
            { "id": "mute", "type": "byzantine", "behavior": "dropGossip", "atSeconds": 0, "target": { "index": [0] } },
            { "type": "crash", "atSeconds": 2, "durationSeconds": 0.5, "target": { "index": [0] } }
            """,
            links: 1);

        Assert.That(
            JudgedClaims(run).Select(claim => claim.Claim.Reason),
            Has.None.EqualTo(ReachReason.DroppedByByzantine));
    }

    [Test]
    public void Who_is_linked_to_sybils_only_gets_nothing_because_of_them()
    {
        var reasons = new HashSet<ReachReason>();
        for (var randomSeed = 1; randomSeed <= 8; randomSeed++)
        {
            var run = Stage.Run(
                """
                { "type": "sybil", "atSeconds": 1, "count": 4 }, { "type": "join", "atSeconds": 4, "count": 3 }
                """,
                randomSeed, peers: 3, links: 1, gossip: """ "intervalMs": 2000, "publishers": { "count": 3 } """);
            reasons.UnionWith(JudgedClaims(run).Select(claim => claim.Claim.Reason));
        }

        Assert.That(reasons, Does.Contain(ReachReason.DroppedByByzantine));
    }

    [Test]
    public void Where_a_forged_message_came_first_the_true_one_is_refused()
    {
        var reasons = new HashSet<ReachReason>();
        for (var randomSeed = 1; randomSeed <= 4; randomSeed++)
        {
            var run = Stage.Run(
                """
                { "type": "byzantine", "behavior": "forgeOrigin", "atSeconds": 1, "target": { "index": [3] },
                  "victim": { "index": [0] } }
                """,
                randomSeed, links: 1, gossip: """ "intervalMs": 2000, "publishers": { "count": 6 } """);
            reasons.UnionWith(JudgedClaims(run).Select(claim => claim.Claim.Reason));
        }

        Assert.That(reasons, Does.Contain(ReachReason.RefusedAsForged));
    }

    [Test]
    public void A_peer_that_was_to_join_after_the_end_never_started()
    {
        var run = Stage.Run(
            """{ "type": "join", "atSeconds": 2, "count": 3, "ratePerSecond": 0.1 }""", peers: 4);
        var history = run.History();
        var never = history.Nodes.All.Where(node => !node.IsSeedNode && !node.EverStarted).ToList();

        Assert.That(never, Has.Count.EqualTo(1));
        Assert.That(
            new MessageExplainer(history).Explain(history.Messages.All[0], never[0].Address).Reason,
            Is.EqualTo(ReachReason.NeverStarted));
        Assert.That(new RawLog(run.Lines()).At($"{never[0].Address}", "processStarted"), Is.Empty);
        JudgedClaims(run);
    }

    [Test]
    public void Who_joins_late_takes_nothing_that_lies_below_the_window()
    {
        var run = Stage.Run(
            """{ "type": "join", "atSeconds": 12, "count": 1 }""", peers: 4,
            gossip: """ "intervalMs": 100, "maxMessagesPerPeer": 100, "publishers": { "count": 1 } """);

        var claims = JudgedClaims(run);

        var below = claims.Where(claim => claim.Claim.Reason == ReachReason.BelowWindow).ToList();
        Assert.That(below, Has.Count.GreaterThan(20));
        Assert.That(below.Select(claim => claim.Peer), Has.All.EqualTo("127.0.0.1:7004"));
        Assert.That(
            claims.Where(claim => claim.Peer == "127.0.0.1:7004").Select(claim => claim.Claim.Reason),
            Does.Contain(ReachReason.RecoveredByRequest), "what is in the window it asks for");
    }

    [Test]
    public void A_member_without_links_under_a_lasting_flap_is_kept_apart_by_it()
    {
        var run = Stage.Run(
            """
            { "id": "flap", "type": "linkFlap", "atSeconds": 2, "target": { "index": [3] }, "upSeconds": 0.05,
              "downSeconds": 30 }
            """);

        var kept = JudgedClaims(run).Where(claim => claim.Claim.Reason == ReachReason.IsolatedByFault).ToList();

        Assert.That(kept, Is.Not.Empty);
        Assert.That(kept.Select(claim => claim.Peer).Distinct(), Is.EqualTo(new[] { "127.0.0.1:7003" }));
        Assert.That(kept.Select(claim => claim.Claim.Why), Has.All.Contains("linkFlap flap"));
    }
}
