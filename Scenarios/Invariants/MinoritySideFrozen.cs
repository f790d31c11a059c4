using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>
/// Across a partition no votes are counted: whoever vouched for a change had voted for it, or committed it, before the
/// cut that separates him from the seed node which applies it.
/// </summary>
internal sealed class MinoritySideFrozen() : Invariant("minoritySideFrozen")
{
    public override Assumption Assumes => Assumption.FewLyingSeedNodes;

    public override bool RemembersMembers => true;

    public override IReadOnlyList<EventKind> Hears =>
    [
        EventKind.FaultStruck, EventKind.FaultEnded, EventKind.VoteCast, EventKind.VoteHeard, EventKind.EntryCommitted,
    ];

    private readonly Dictionary<(NodeAddress Voter, MembershipEntry Entry), Instant> firstVouched = [];
    private readonly Dictionary<string, (Instant Since, Dictionary<NodeAddress, int> GroupOf)> cuts = [];

    public override void Observe(RunRecord world, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.FaultStruck:
                NoteCut((FaultStrike)e.Detail!, now);
                break;
            case EventKind.FaultEnded:
                cuts.Remove(((FaultStrike)e.Detail!).FaultId);
                break;
            case EventKind.VoteCast when e.Detail is Ballot { Yes: true } vote:
                firstVouched.TryAdd((node, Key(vote.Entry)), now);
                break;
            case EventKind.EntryCommitted:
                var ballot = (Ballot)e.Detail!;
                foreach (var voter in ballot.Voters)
                {
                    // When a liar voted nobody can tell.
                    if (!world.Nodes.Of(voter).IsLiar) Judge(node, voter, ballot.Entry, now);
                }

                firstVouched.TryAdd((node, Key(ballot.Entry)), now);
                break;
        }
    }

    /// <summary>Two coordinators may stamp one registration differently; it is the same change.</summary>
    private static MembershipEntry Key(MembershipEntry entry) => entry with { JoinStamp = 0 };

    private void NoteCut(FaultStrike strike, Instant now)
    {
        if (strike.Word != "partition") return;
        var groupOf = new Dictionary<NodeAddress, int>();
        for (var group = 0; group < strike.Groups.Length; group++)
            foreach (var address in strike.Groups[group]) groupOf[address] = group;
        cuts[strike.FaultId] = (now, groupOf);
    }

    private void Judge(NodeAddress node, NodeAddress voter, MembershipEntry entry, Instant now)
    {
        foreach (var (since, groupOf) in cuts.Values)
        {
            // Nodes named in no group form one together.
            if (groupOf.GetValueOrDefault(node, -1) == groupOf.GetValueOrDefault(voter, -1)) continue;
            var isBefore = firstVouched.TryGetValue((voter, Key(entry)), out var vouched) && vouched <= since;
            if (!isBefore)
                Violate($"{node} counted the vote of {voter} for {entry} across a partition", now, node, voter);
        }
    }
}
