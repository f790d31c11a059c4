using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Judges every committed removal (DESIGN section 5, "Words that must mean one thing"). It is *false* when during the
/// whole detection bound before it the process ran and could exchange messages with a quorum of seed nodes, and
/// *unreachable* when the process ran but was paused, starved or cut off. Of a crashed process it is right. What counts
/// is when the votes of the certificate were cast: a seed node that lags may count them much later.
/// </summary>
internal sealed class RemovalRecord(NodeTable nodes, IsolationHistory isolations, RunFacts facts)
{
    private readonly Dictionary<(NodeAddress Voter, NodeAddress Address, int Epoch), Instant> votes = [];
    private readonly List<(NodeAddress Address, int Epoch)> falselyRemoved = [];

    /// <summary>Who was removed falsely, in order.</summary>
    public IReadOnlyList<(NodeAddress Address, int Epoch)> FalselyRemoved => falselyRemoved;

    public int Unreachable { get; private set; }

    public void NoteVote(NodeAddress voter, Ballot vote, Instant now)
    {
        if (vote.Yes && !vote.Entry.IsAlive) votes[(voter, vote.Entry.Address, vote.Entry.Epoch)] = now;
    }

    /// <summary>Call at the first commit of each removal.</summary>
    public void Judge(NodeState node, Ballot certificate, Instant committed)
    {
        var entry = certificate.Entry;
        if (entry.Epoch <= node.JudgedEpoch) return;
        node.JudgedEpoch = entry.Epoch;

        var sameProcess = node.IsUp && node.NodeId == entry.NodeId;
        // Whoever left is no member any more, even where a registration of before was finished later by others.
        if (!sameProcess || node.HasLeft || node.LeftEpoch >= entry.Epoch) return;

        // Whoever lies has no claim to be a member.
        if (node.IsLiar) return;

        var now = VotedAt(certificate) ?? committed;
        // A process younger than the bound is judged by its whole life.
        var from = now + -facts.DetectionBound;
        if (from < node.StartedAt) from = node.StartedAt;
        var paused = node.IsPaused || node.ResumedAt > from;
        if (paused || !ReachesQuorum(node, from, now))
            Unreachable++;
        else
            falselyRemoved.Add((entry.Address, entry.Epoch));
    }

    /// <summary>When the last vote was cast that the certificate names; null when one of them was never seen.</summary>
    private Instant? VotedAt(Ballot certificate)
    {
        Instant? last = null;
        foreach (var voter in certificate.Voters)
        {
            var key = (voter, certificate.Entry.Address, certificate.Entry.Epoch);
            if (!votes.TryGetValue(key, out var cast)) return null;
            if (!(last > cast)) last = cast;
        }

        return last;
    }

    private bool ReachesQuorum(NodeState node, Instant from, Instant to)
    {
        var reached = 0;
        foreach (var seedNode in nodes.SeedNodes)
        {
            var answers = seedNode.IsUp && !seedNode.IsPaused
                && seedNode.StartedAt <= from && seedNode.ResumedAt <= from;
            if (answers && !isolations.MaySeparate(node.Address, seedNode.Address, from, to)) reached++;
        }

        return reached >= facts.Quorum;
    }
}
