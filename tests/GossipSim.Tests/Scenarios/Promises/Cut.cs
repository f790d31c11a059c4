using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Promises;

/// <summary>A partition in two from its beginning to the time when all is well again, judged from events.</summary>
internal sealed class Cut
{
    /// <summary>Issue 3: "lists equal within 10 simulated seconds of the heal".</summary>
    private const double AgreementSeconds = 10;

    private readonly PromisedNetwork network;
    private readonly NodeAddress[] sideA;
    private readonly Instant cutAt;
    private PromisedNetwork.Commit[] madeBefore = [];
    private Instant healedAt;

    public Cut(PromisedNetwork network, NodeAddress[] sideA)
    {
        Assert.That(network.IsInOrder, Is.True, network.Disorder);
        (this.network, this.sideA) = (network, sideA);
        cutAt = network.Network.Now;
        network.CutOff(sideA);
    }

    /// <summary>
    /// How long a live peer may wait to be a member again. The seed node that it asks may be behind for as long as
    /// lists may differ; then it learns that it was removed by its next refresh, or knows already that it never was
    /// a member; it registers within one timeout, reads lists and links.
    /// </summary>
    private double MemberSeconds => AgreementSeconds
        + (network.Settings.Peer.RefreshInterval + network.Settings.Peer.RegisterTimeout
            + (2 * network.Settings.Peer.AnswerTimeout)).TotalSeconds;

    /// <summary>
    /// How long the dead may be listed: who died with all its neighbors, or on the side where nobody could remove it,
    /// waits for the seed node that watches it, whose patience begins anew when it sees the others again.
    /// </summary>
    private double RemovalSeconds => AgreementSeconds + network.Settings.QuietTimings.RemovalPatience.TotalSeconds;

    public void Heal()
    {
        madeBefore = [.. network.Commits];
        healedAt = network.Network.Now;
        network.Heal();
    }

    public void AssertFrozenWithoutQuorum()
    {
        foreach (var side in Sides().Where(side => side.Length < network.World.Facts.Quorum))
            Assert.That(ChangesAt(side), Is.Empty, "changes on a side without a quorum");
    }

    /// <summary>What makes the promise worth something: where there was a quorum, it used it.</summary>
    public void AssertBusyWithQuorum()
    {
        foreach (var side in Sides().Where(side => side.Length >= network.World.Facts.Quorum))
        {
            Assert.That(ChangesAt(side).Any(commit => commit.Entry.IsAlive), Is.True, "registrations");
            var cutOff = ChangesAt(side).Where(commit =>
                !commit.Entry.IsAlive && sideA.Contains(commit.Entry.Address) != sideA.Contains(side[0]));
            Assert.That(cutOff.Count(), Is.GreaterThan(2 * side.Length), "removals of the other side's peers");
        }
    }

    public void AssertOrderReturns()
    {
        Assert.That(
            network.RunUntil(() => network.World.Membership.SeedsAgree, AgreementSeconds), Is.Not.Null, "lists differ");
        RunUntilAfterHeal(AgreementSeconds);
        Assert.That(madeBefore.Where(commit => !IsKnownEverywhere(commit.Entry)), Is.Empty, "not known everywhere");
        Assert.That(RunUntilAfterHeal(MemberSeconds, () => network.IsWhole), Is.True, network.Disorder);
        Assert.That(RunUntilAfterHeal(RemovalSeconds, () => network.IsInOrder), Is.True, network.Disorder);
        Assert.That(network.RunUntilSettled(), Is.True, "never quiet");
        Assert.That(network.IsInOrder, Is.True, network.Disorder);
        NodeAddress[] publishers = [network.LivePeers.First(), network.LivePeers.Last()];
        Assert.That(network.MissesOfMessagesFrom(publishers), Is.EqualTo(new[] { 0, 0 }));
        Assert.That(network.Violations, Is.Empty);
    }

    private IEnumerable<NodeAddress[]> Sides()
    {
        var sides = network.SeedNodes.ToLookup(sideA.Contains);
        return [[.. sides[true]], [.. sides[false]]];
    }

    private PromisedNetwork.Commit[] ChangesAt(NodeAddress[] seedNodes) =>
        [.. network.Commits.Where(commit =>
            commit.At > cutAt && commit.At <= healedAt && seedNodes.Contains(commit.SeedNode))];

    private void RunUntilAfterHeal(double seconds) =>
        network.RunFor(Math.Max(0, seconds - (network.Network.Now - healedAt).TotalSeconds));

    private bool RunUntilAfterHeal(double seconds, Func<bool> holds) =>
        network.RunUntil(holds, seconds - (network.Network.Now - healedAt).TotalSeconds) is not null;

    private bool IsKnownEverywhere(MembershipEntry entry) => network.SeedNodes.All(seedNode =>
    {
        var held = network.EntryAt(seedNode, entry.Address);
        return held == entry || held.Supersedes(entry);
    });
}
