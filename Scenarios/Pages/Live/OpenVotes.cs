using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Pages;

/// <summary>The proposals that seed nodes vote about now, and the votes so far.</summary>
internal sealed class OpenVotes
{
    /// <summary>Of coordinators that crashed some stay open for ever; the oldest go. Our choice.</summary>
    private const int Most = 1000;

    private readonly Dictionary<ProposalId, OpenVote> open = [];
    private readonly Queue<ProposalId> order = [];

    public void Observe(EventKind kind, Ballot ballot)
    {
        switch (kind)
        {
            case EventKind.ProposalOpened:
                Open(ballot);
                break;
            case EventKind.VoteCast or EventKind.VoteHeard:
                if (!ballot.Voter.IsNone && open.TryGetValue(ballot.Proposal, out var vote))
                    (ballot.Yes ? vote.Yes : vote.No).Add(ballot.Voter);
                break;
            case EventKind.ProposalApproved or EventKind.ProposalRejected or EventKind.EntryCommitted:
                open.Remove(ballot.Proposal);
                break;
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("proposals"u8);
        foreach (var (id, vote) in open)
        {
            json.WriteStartObject();
            json.WriteString("proposal"u8, id.ToString());
            json.WriteString("coordinator"u8, id.Coordinator.ToString());
            json.WriteString("op"u8, vote.Ballot.Entry.IsAlive ? "register"u8 : "remove"u8);
            json.WriteString("about"u8, vote.Ballot.Entry.Address.ToString());
            json.WriteNumber("epoch"u8, vote.Ballot.Entry.Epoch);
            json.WriteNumber("quorum"u8, vote.Ballot.Quorum);
            EventDetail.WriteAddresses(json, "yes", [.. vote.Yes]);
            EventDetail.WriteAddresses(json, "no", [.. vote.No]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Open(Ballot ballot)
    {
        open[ballot.Proposal] = new OpenVote(ballot, [], []);
        order.Enqueue(ballot.Proposal);
        if (order.Count > Most) open.Remove(order.Dequeue());
    }

    private sealed record OpenVote(Ballot Ballot, HashSet<NodeAddress> Yes, HashSet<NodeAddress> No);
}
