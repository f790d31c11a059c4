using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>
/// A seed node votes for one process at each (address, epoch), also across its own restarts. What a process cast and
/// nobody heard before it died was never a vote: it may have died with the disk that should have kept it.
/// </summary>
internal sealed class OneRegistrationVotePerEpoch() : Invariant("oneRegistrationVotePerEpoch")
{
    public override Assumption Assumes => Assumption.MemoryOfQuorum;

    public override bool RemembersMembers => true;

    public override IReadOnlyList<EventKind> Hears =>
    [
        EventKind.ProcessStarted, EventKind.VoteCast, EventKind.VoteHeard,
    ];

    private readonly Dictionary<(NodeAddress Voter, NodeAddress Address, int Epoch), NodeId> votes = [];
    private readonly Dictionary<NodeAddress, HashSet<(NodeAddress, NodeAddress, int)>> unheard = [];

    public override void Observe(RunRecord world, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        if (e.Kind == EventKind.ProcessStarted)
        {
            ForgetUnheard(node);
            return;
        }

        var ballot = (Ballot)e.Detail!;
        if (!ballot.Yes || !ballot.Entry.IsAlive) return;
        var voter = e.Kind == EventKind.VoteCast ? node : ballot.Voter;
        // Liars promise nothing, whoever hears them.
        if (world.Nodes.Of(voter).IsLiar) return;
        var vote = (voter, ballot.Entry.Address, ballot.Entry.Epoch);
        if (voter == node) UnheardOf(voter).Add(vote);
        else UnheardOf(voter).Remove(vote);
        if (votes.TryAdd(vote, ballot.Entry.NodeId)) return;
        if (votes[vote] != ballot.Entry.NodeId)
            Violate(
                $"{voter} voted for {votes[vote]} and for {ballot.Entry.NodeId} "
                + $"at epoch {vote.Epoch} of {vote.Address}",
                now, voter);
    }

    private HashSet<(NodeAddress, NodeAddress, int)> UnheardOf(NodeAddress voter)
    {
        if (!unheard.TryGetValue(voter, out var cast)) unheard.Add(voter, cast = []);
        return cast;
    }

    private void ForgetUnheard(NodeAddress voter)
    {
        if (!unheard.Remove(voter, out var cast)) return;
        foreach (var vote in cast) votes.Remove(vote);
    }
}
