using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Explaining;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Explaining;

/// <summary>How memberships end, or do not, in simulated runs that lead there.</summary>
internal sealed class StagedRemovalTests
{
    private const string Trusting = """ "count": 3, "removalEvidence": "trustReporter" """;

    private const string Lie =
        """
        { "type": "byzantine", "behavior": "falseDeadReport", "atSeconds": 3, "target": { "index": [4] },
          "victim": { "index": [2] } }
        """;

    private static Explanation<RemovalReason> Explained(LoggedRun run, int? epoch = null) =>
        new RemovalExplainer(run.History()).Explain(NodeAddress.Parse("127.0.0.1:7002"), epoch);

    private static RemovalReason Judged(LoggedRun run, string peer, int? epoch = null)
    {
        var claim = new RemovalExplainer(run.History()).Explain(NodeAddress.Parse(peer), epoch);
        if (epoch is null)
            Assert.That(
                new RemovalClaim(new RawLog(run.Lines()), peer).Refute(claim.Reason), Is.Null, $"{claim.Reason}");
        return claim.Reason;
    }

    [Test]
    public void One_liar_removes_wrongly_whom_the_seed_nodes_do_not_ask()
    {
        var run = Stage.Run(Lie, seedNodes: Trusting);

        Assert.That(Judged(run, "127.0.0.1:7002"), Is.EqualTo(RemovalReason.RemovedWrongly));
        Assert.That(run.History().Record.FalseRemovals, Is.Positive);
    }

    [Test]
    public void Who_lied_is_named_where_the_lie_removed_somebody()
    {
        var answer = Explained(Stage.Run(Lie, seedNodes: Trusting));

        Assert.That(answer.Why, Does.EndWith(". 127.0.0.1:7004 (byzantine: byzantine-1) had reported it dead."));
        Assert.That(
            answer.Steps.Select(step => step.Text),
            Has.Some.Match("^seed node .* heard a report by 127.0.0.1:7004 \\(byzantine: byzantine-1\\)"));
    }

    [Test]
    public void Who_lied_is_named_even_if_another_reported_before()
    {
        var lines = Stage.Run(Lie, seedNodes: Trusting).Lines();
        var heard = lines.Select(line => line["detail"] as JsonObject).First(detail => detail?["reporter"] is not null);
        heard!["reporter"] = "127.0.0.1:7003";

        var answer = Explained(LoggedRun.Of(lines), epoch: 1);

        Assert.That(
            answer.Why,
            Does.EndWith(". 127.0.0.1:7004 (byzantine: byzantine-1) and 1 more had reported it dead."));
    }

    [Test]
    public void A_log_that_does_not_tell_who_reported_is_read_as_before()
    {
        var lines = Stage.Run(Lie, seedNodes: Trusting).Lines();
        foreach (var line in lines) (line["detail"] as JsonObject)?.Remove("reporter");

        var answer = Explained(LoggedRun.Of(lines));

        Assert.That(answer.Reason, Is.EqualTo(RemovalReason.RemovedWrongly));
        Assert.That(answer.Why, Does.Not.Contain("had reported"));
        Assert.That(
            answer.Steps.Select(step => step.Text), Has.Some.Match("^seed node [0-9.:]+ heard a report( \\(|,|$)"));
    }

    [Test]
    public void Whom_the_seed_nodes_ask_is_not_removed_on_a_word() => Assert.That(
        Judged(Stage.Run(Lie), "127.0.0.1:7002"), Is.EqualTo(RemovalReason.ReportRefused));

    [Test]
    public void Votes_of_rounds_that_did_not_decide_are_told_together()
    {
        var answer = Explained(Stage.Run(Lie));
        var votes = answer.Steps.Where(step => step.Text.Contains("voted no", StringComparison.Ordinal)).ToList();

        Assert.That(votes, Has.Count.LessThanOrEqualTo(2 * 3), "those before, and the last, of three seed nodes");
        Assert.That(answer.Steps.Select(step => step.Text), Has.Some.EndsWith(" s later"));
        Assert.That(answer.Steps.Select(step => step.Text), Has.None.Contains(", 0.000 s later"));
        Assert.That(votes, Has.Some.Property("Text").Contains("more like it"));
    }

    [Test]
    public void The_removal_of_a_crashed_peer_tells_which_settings_each_stage_follows_from()
    {
        var answer = Explained(Stage.Run(
            """{ "type": "crash", "atSeconds": 2, "target": { "role": "peer", "index": [2] } }"""));

        Assert.That(answer.Reason, Is.EqualTo(RemovalReason.CrashedAndRemoved));
        var texts = answer.Steps.Select(step => step.Text).ToList();
        Assert.That(texts, Has.Some.Match("^[0-9.]+ s until a quorum had probed and voted: 2 probes x 1000 ms: "
            + "seedNodes.probeAttempts, probeTimeoutMs"));
        Assert.That(texts, Has.Some.Contains(" s until enough were missed to suspect: "));
    }

    [Test]
    public void A_liar_that_another_one_slanders_is_removed_as_a_liar()
    {
        var run = Stage.Run(
            """{ "type": "byzantine", "behavior": "dropGossip", "atSeconds": 2, "target": { "index": [2] } }, """ + Lie,
            seedNodes: Trusting);

        Assert.That(Judged(run, "127.0.0.1:7002"), Is.EqualTo(RemovalReason.LiarRemoved));
        Assert.That(run.History().Record.FalseRemovals, Is.Zero);
    }

    [Test]
    public void Seed_nodes_that_came_back_a_moment_ago_remove_as_newcomers()
    {
        var run = Stage.Run(
            """
            { "type": "crash", "atSeconds": 1, "durationSeconds": 1, "target": { "role": "seed", "index": [0, 1] } },
            """ + Lie, seedNodes: Trusting, seconds: 6);

        Assert.That(Judged(run, "127.0.0.1:7002"), Is.EqualTo(RemovalReason.RemovedByNewcomers));
        Assert.That(run.History().Record.FalseRemovals, Is.Zero);
        Assert.That(run.History().Record.UnreachableRemovals, Is.Positive);
    }

    [Test]
    public void A_crash_that_a_single_seed_node_sees_is_not_removed_for_want_of_a_quorum()
    {
        var run = Stage.Run(
            """
            { "type": "crash", "atSeconds": 2, "target": { "role": "seed", "index": [0, 1] } },
            { "type": "crash", "atSeconds": 3, "target": { "index": [2] } }
            """);

        Assert.That(Judged(run, "127.0.0.1:7002"), Is.EqualTo(RemovalReason.NoQuorumOfSeedNodes));
    }

    [Test]
    public void A_process_that_came_back_at_once_replaced_its_earlier_membership()
    {
        var run = Stage.Run(
            """{ "type": "crash", "atSeconds": 2, "durationSeconds": 0.2, "target": { "index": [2] } }""");
        var raw = new RawLog(run.Lines());

        Assert.That(Judged(run, "127.0.0.1:7002", 1), Is.EqualTo(RemovalReason.ReplacedByLaterMember));
        Assert.That(
            raw.Of("entryCommitted").Where(line => line.About == "127.0.0.1:7002").Select(line => line.Number),
            Does.Contain(2L));
        Assert.That(
            raw.Of("entryCommitted").Any(line => line.About == "127.0.0.1:7002" && line.Is("op", "remove")), Is.False);
    }

    [Test]
    public void A_seed_node_is_no_member_to_remove() => Assert.That(
        new RemovalExplainer(LoggedRun.Small(1).History()).Explain(NodeAddress.Parse("127.0.0.1:6000")).Reason,
        Is.EqualTo(RemovalReason.IsASeedNode));
}
