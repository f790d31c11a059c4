using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>A signature is good for one statement: whatever is said differently has other bytes.</summary>
[TestFixture]
internal sealed class StatementTests
{
    private const string Cluster = "here";

    private static readonly NodeAddress voter = Cast.SeedNode(1);
    private static readonly ProposalId round = new(Cast.SeedNode(0), 17);
    private static readonly MembershipEntry member = Cast.Member(Cast.Peer(1), epoch: 3, joinStamp: 9);
    private static readonly Register register = new(Cast.Peer(1), Cast.ProcessAt(Cast.Peer(1)));

    private static readonly DeadNode report = new(
        Cast.Peer(1), 3, Cast.ProcessAt(Cast.Peer(1)), ReportFlag.Confirmed, "Dead Node:127.0.0.1:7001:1:127.0.0.1");

    [Test]
    public void Whatever_differs_between_two_statements_changes_their_bytes()
    {
        var said = Votes(member).Concat(Votes(member.AsRemoved())).Concat(Requests()).Concat(Reports())
            .Select(Convert.ToHexString).ToArray();

        Assert.That(said, Is.Unique);
        Assert.That(said, Has.Length.EqualTo(33));
    }

    [Test]
    public void The_same_statement_has_the_same_bytes() => Assert.That(
        Statement.OfVote(Cluster, voter, round, member, yes: true),
        Is.EqualTo(Statement.OfVote(Cluster, voter, round, member, yes: true)));

    /// <summary>All rounds about one process at one epoch count together; a removal belongs to its round.</summary>
    [Test]
    public void A_vote_to_register_says_nothing_of_its_round_and_a_vote_to_remove_does()
    {
        var other = round with { Counter = 18 };

        Assert.That(
            Statement.OfVote(Cluster, voter, other, member, yes: true),
            Is.EqualTo(Statement.OfVote(Cluster, voter, round, member, yes: true)));
        Assert.That(
            Statement.OfVote(Cluster, voter, other, member.AsRemoved(), yes: true),
            Is.Not.EqualTo(Statement.OfVote(Cluster, voter, round, member.AsRemoved(), yes: true)));
    }

    /// <summary>Where one field ends and the next begins is told by no byte that a name could hold.</summary>
    [Test]
    public void A_cluster_cannot_borrow_from_what_follows_its_name()
    {
        string[] names =
        [
            "", "a", "a\0", "ab", "\0\0\0\u0001a", "GossipSim signed statement 1\n", new string('x', 1024),
        ];

        var statements = names.Select(name => Convert.ToHexString(
            Statement.OfRegistration(name, Cast.Peer(1), register)));

        Assert.That(statements, Is.Unique);
    }

    private static IEnumerable<byte[]> Votes(MembershipEntry entry)
    {
        yield return Statement.OfVote(Cluster, voter, round, entry, yes: true);
        yield return Statement.OfVote("there", voter, round, entry, yes: true);
        yield return Statement.OfVote(Cluster, Cast.SeedNode(2), round, entry, yes: true);
        yield return Statement.OfVote(Cluster, voter, round, entry with { Address = Cast.Peer(2) }, yes: true);
        yield return Statement.OfVote(Cluster, voter, round, entry with { Epoch = 4 }, yes: true);
        yield return Statement.OfVote(Cluster, voter, round, entry with { NodeId = new NodeId(1) }, yes: true);
        yield return Statement.OfVote(Cluster, voter, round, entry with { JoinStamp = 10 }, yes: true);
        yield return Statement.OfVote(Cluster, voter, round, entry, yes: false, RefusalReason.Unreachable);
        yield return Statement.OfVote(Cluster, voter, round, entry, yes: false, RefusalReason.OldEpoch);
        yield return Statement.OfVote(
            Cluster, voter, round with { Counter = 18 }, entry, yes: false, RefusalReason.OldEpoch);
        if (entry.IsAlive) yield break;
        yield return Statement.OfVote(Cluster, voter, round with { Counter = 18 }, entry, yes: true);
        yield return Statement.OfVote(Cluster, voter, round with { Coordinator = voter }, entry, yes: true);
    }

    private static IEnumerable<byte[]> Requests()
    {
        yield return Statement.OfRegistration(Cluster, voter, register);
        yield return Statement.OfRegistration("there", voter, register);
        yield return Statement.OfRegistration(Cluster, Cast.SeedNode(2), register);
        yield return Statement.OfRegistration(Cluster, voter, register with { Address = Cast.Peer(2) });
        yield return Statement.OfRegistration(Cluster, voter, register with { NodeId = new NodeId(1) });
    }

    private static IEnumerable<byte[]> Reports()
    {
        yield return Statement.OfReport(Cluster, voter, report);
        yield return Statement.OfReport(Cluster, Cast.SeedNode(2), report);
        yield return Statement.OfReport(Cluster, voter, report with { Address = Cast.Peer(2) });
        yield return Statement.OfReport(Cluster, voter, report with { Epoch = 4 });
        yield return Statement.OfReport(Cluster, voter, report with { NodeId = new NodeId(1) });
        yield return Statement.OfReport(Cluster, voter, report with { Flag = ReportFlag.Sole });
    }
}
