using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Stages;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Stages;

/// <summary>The order in which lines have to stand, line by line.</summary>
[TestFixture]
internal sealed class LogTracesTests
{
    private static readonly NodeAddress[] seedNodes =
        [NodeAddress.Parse("127.0.0.1:6000"), NodeAddress.Parse("127.0.0.1:6001")];

    private static readonly NodeAddress peer = NodeAddress.Parse("127.0.0.1:7004");

    private static readonly string[] registration =
    [
        "[SEED:6000] INFO - PROPOSAL: Register peer 127.0.0.1:7004  [id=1, self-vote=PENDING, votes=0/2 needed]",
        "[SEED:6000] INFO - Vote from 127.0.0.1:6001: YES  (total 1/2)",
        "[SEED:6000] INFO - CONSENSUS OUTCOME — APPROVED: Peer 127.0.0.1:7004  [votes=2/2, quorum=2]",
        "[SEED:6000] INFO - Peer 127.0.0.1:7004 is on the Peer List  [epoch=1, 1 peers]",
        "[SEED:6000] INFO - Current Peer List: [127.0.0.1:7004]",
    ];

    private static readonly string[] removal =
    [
        "[PEER:7001] WARNING - DEAD NODE REPORT: Dead Node:127.0.0.1:7004:1708776030.5:127.0.0.1",
        "[SEED:6001] INFO - PROPOSAL: Remove peer 127.0.0.1:7004  [id=2, self-vote=PENDING, votes=0/2 needed]",
        "[SEED:6001] INFO - Vote from 127.0.0.1:6000: YES  (total 1/2)",
        "[SEED:6001] INFO - CONSENSUS OUTCOME — APPROVED: Remove 127.0.0.1:7004  [votes=2/2, quorum=2]",
        "[SEED:6001] INFO - CONFIRMED REMOVAL: 127.0.0.1:7004",
        "[SEED:6001] INFO - Current Peer List: [127.0.0.1:7001]",
    ];

    [Test]
    public void Causes_before_effects_are_right()
    {
        var log = new LogText([.. registration, .. removal]);

        Assert.That(LogTraces.WrongRegistration(log, seedNodes, peer), Is.Null);
        Assert.That(LogTraces.WrongRemoval(log, seedNodes, peer), Is.Null);
        Assert.That(LogTraces.WrongOutcome(log, seedNodes, quorum: 2), Is.Null);
    }

    [Test]
    public void Any_two_neighboring_lines_in_the_other_order_are_wrong()
    {
        for (var place = 0; place + 1 < registration.Length; place++)
            Assert.That(LogTraces.WrongRegistration(Swapped(registration, place), seedNodes, peer), Is.Not.Null);
        for (var place = 0; place + 1 < removal.Length; place++)
            Assert.That(LogTraces.WrongRemoval(Swapped(removal, place), seedNodes, peer), Is.Not.Null, removal[place]);
    }

    [Test]
    public void A_line_of_another_seed_node_does_not_count()
    {
        string[] lines = [.. removal];
        lines[3] = lines[3].Replace("SEED:6001", "SEED:6000");

        Assert.That(LogTraces.WrongRemoval(new LogText(lines), seedNodes, peer), Does.Contain("APPROVED: Remove"));
        Assert.That(
            LogTraces.WrongOutcome(new LogText(lines), seedNodes, quorum: 2), Does.Contain("not proposed before"));
    }

    [Test]
    public void An_outcome_needs_the_votes_of_a_quorum() =>
        Assert.That(
            LogTraces.WrongOutcome(new LogText(registration), seedNodes, quorum: 3),
            Does.StartWith("approved with 2 votes"));

    private static LogText Swapped(string[] lines, int place)
    {
        string[] swapped = [.. lines];
        (swapped[place], swapped[place + 1]) = (swapped[place + 1], swapped[place]);
        return new LogText(swapped);
    }
}
