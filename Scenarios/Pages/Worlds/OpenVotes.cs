using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Pages;

/// <summary>A vote that is not decided yet.</summary>
/// <param name="Ballot">As its coordinator opened it.</param>
internal sealed record OpenVote(Ballot Ballot, NodeAddress[] Yes, NodeAddress[] No);

/// <summary>The proposals that seed nodes vote about now, and the votes so far.</summary>
internal sealed class OpenVotes
{
    /// <summary>Of coordinators that crashed some stay open for ever; the oldest go. Our choice.</summary>
    public const int Most = 1000;

    private readonly OrderedDictionary<ProposalId, OpenVote> open;

    public OpenVotes() => open = [];

    private OpenVotes(OpenVotes other) => open = new OrderedDictionary<ProposalId, OpenVote>(other.open);

    /// <summary>The oldest first.</summary>
    public IEnumerable<OpenVote> All => open.Values;

    public OpenVotes Copy() => new(this);

    public void Observe(EventKind kind, Ballot ballot)
    {
        switch (kind)
        {
            case EventKind.ProposalOpened:
                open[ballot.Proposal] = new OpenVote(ballot, [], []);
                if (open.Count > Most) open.RemoveAt(0);
                break;
            case EventKind.VoteCast or EventKind.VoteHeard:
                if (ballot.Voter.IsNone || !open.TryGetValue(ballot.Proposal, out var vote)) break;
                open[ballot.Proposal] = ballot.Yes
                    ? vote with { Yes = With(vote.Yes, ballot.Voter) }
                    : vote with { No = With(vote.No, ballot.Voter) };
                break;
            case EventKind.ProposalApproved or EventKind.ProposalRejected or EventKind.EntryCommitted:
                open.Remove(ballot.Proposal);
                break;
        }
    }

    private static NodeAddress[] With(NodeAddress[] voters, NodeAddress voter) =>
        voters.Contains(voter) ? voters : [.. voters, voter];
}
