using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Judges every committed removal (DESIGN section 5, "Words that must mean one thing"). It is *false* when during the
/// whole detection bound before it the process ran and could exchange messages with a quorum of seed nodes, and
/// *unreachable* when the process ran but was paused, starved or cut off. Of a crashed process it is right.
/// </summary>
internal sealed class RemovalRecord(NodeTable nodes, IsolationHistory isolations, RunFacts facts)
{
    public int False { get; private set; }

    public int Unreachable { get; private set; }

    /// <summary>Call at the first commit of each removal.</summary>
    public void Judge(NodeState node, in MembershipEntry entry, Instant now)
    {
        if (entry.Epoch <= node.JudgedEpoch) return;
        node.JudgedEpoch = entry.Epoch;

        var sameProcess = node.IsUp && node.NodeId == entry.NodeId;
        // Whoever left is no member any more, even where a registration of before was finished later by others.
        if (!sameProcess || node.HasLeft || node.LeftEpoch >= entry.Epoch) return;

        // Whoever lies has no claim to be a member.
        if (node.IsLiar) return;

        // A process younger than the bound is judged by its whole life.
        var from = now + -facts.DetectionBound;
        if (from < node.StartedAt) from = node.StartedAt;
        var paused = node.IsPaused || node.ResumedAt > from;
        if (paused || !ReachesQuorum(node, from, now))
            Unreachable++;
        else
            False++;
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
