using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// The promises of DESIGN section 5 that hold at every step, and those that hold when faults are over, judged from what
/// nodes reported and from nothing else.
/// </summary>
internal sealed class SafetyJudge(SmallNetwork network)
{
    private readonly Dictionary<(NodeAddress Address, int Epoch), NodeId> committed = [];
    private readonly Dictionary<(NodeAddress Voter, NodeAddress Address, int Epoch), NodeId> votes = [];
    private readonly Dictionary<NodeAddress, Dictionary<NodeAddress, MembershipEntry>> lists = [];
    private readonly HashSet<(NodeAddress SeedNode, NodeAddress Address, int Epoch, NodeId NodeId)> held = [];
    private readonly Dictionary<NodeAddress, HashSet<NodeAddress>> links = [];
    private readonly HashSet<NodeAddress> running = [];
    private int judged;

    /// <summary>Judges all that happened since the last time.</summary>
    public void JudgesEveryStep()
    {
        for (; judged < network.Happenings.Count; judged++) Judge(network.Happenings[judged]);
    }

    public void JudgesTheEnd()
    {
        JudgesEveryStep();
        AssertSeedNodesAgree();
        AssertMembersAreThoseThatRun();
        AssertOverlayIsConnected();
    }

    public int Commits => committed.Count;

    private void Judge(Happening happening)
    {
        var (node, _, what) = happening;
        switch (what.Kind)
        {
            case EventKind.ProcessStarted:
                running.Add(node);
                lists[node] = [];
                links[node] = [];
                break;
            case EventKind.ProcessCrashed: running.Remove(node); break;
            case EventKind.VoteHeard or EventKind.VoteCast: JudgeVote(happening, (Ballot)what.Detail!); break;
            case EventKind.EntryCommitted or EventKind.EntryRecalled:
                JudgeEntry(happening, (Ballot)what.Detail!);
                break;
            case EventKind.NeighborAdded: links[node].Add(what.About); break;
            case EventKind.NeighborRemoved: links[node].Remove(what.About); break;
        }
    }

    /// <summary>
    /// One registration vote per (address, epoch) and seed node for ever; a vote counts when somebody else heard it.
    /// YES for what the voter has committed already is no vote: it tells who asks that the matter is decided.
    /// </summary>
    private void JudgeVote(Happening happening, Ballot ballot)
    {
        if (happening.Event.Kind == EventKind.VoteCast || !ballot.Yes || !ballot.Entry.IsAlive) return;
        var key = (ballot.Voter, ballot.Entry.Address, ballot.Entry.Epoch);
        if (held.Contains((ballot.Voter, ballot.Entry.Address, ballot.Entry.Epoch, ballot.Entry.NodeId))) return;
        if (votes.TryAdd(key, ballot.Entry.NodeId)) return;
        Assert.That(ballot.Entry.NodeId, Is.EqualTo(votes[key]), $"two votes of one seed node at {happening}");
    }

    private void JudgeEntry(Happening happening, Ballot ballot)
    {
        var entry = ballot.Entry;
        var key = (entry.Address, entry.Epoch);
        if (!committed.TryAdd(key, entry.NodeId))
            Assert.That(entry.NodeId, Is.EqualTo(committed[key]), $"two processes at one epoch at {happening}");

        Assert.That(ballot.Voters, Is.Unique, $"at {happening}");
        Assert.That(ballot.Voters, Is.SubsetOf(network.SeedNodes), $"at {happening}");
        var quorum = (network.Plan.SeedNodes / 2) + 1;
        Assert.That(ballot.Voters, Has.Length.GreaterThanOrEqualTo(quorum), $"at {happening}");

        var list = lists[happening.Node];
        if (list.TryGetValue(entry.Address, out var before))
            Assert.That(entry.Supersedes(before), Is.True, $"{before} went back at {happening}");
        list[entry.Address] = entry;
        held.Add((happening.Node, entry.Address, entry.Epoch, entry.NodeId));
    }

    private void AssertSeedNodesAgree()
    {
        var live = network.SeedNodes.Where(running.Contains).ToArray();
        foreach (var seedNode in live)
            Assert.That(lists[seedNode].Values, Is.EquivalentTo(lists[live[0]].Values), $"{seedNode} and {live[0]}");
    }

    private void AssertMembersAreThoseThatRun()
    {
        var list = lists[network.SeedNodes.First(running.Contains)];
        var members = list.Values.Where(entry => entry.IsAlive).Select(entry => entry.Address);
        Assert.That(members, Is.EquivalentTo(network.Peers.Where(running.Contains)));
    }

    private void AssertOverlayIsConnected()
    {
        var live = network.Peers.Where(running.Contains).ToArray();
        if (live.Length == 0) return;
        foreach (var peer in live)
            foreach (var other in links[peer])
                Assert.That(running.Contains(other) && links[other].Contains(peer), $"{peer} -> {other} is one-way");

        var reached = new HashSet<NodeAddress> { live[0] };
        var next = new Queue<NodeAddress>(reached);
        while (next.TryDequeue(out var peer))
            foreach (var other in links[peer])
                if (reached.Add(other)) next.Enqueue(other);
        Assert.That(reached, Is.EquivalentTo(live));
    }
}
