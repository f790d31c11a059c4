using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>Every fault of the run that could keep nodes from exchanging messages: whom, and when.</summary>
internal sealed class IsolationHistory
{
    private readonly List<Isolation> isolations = [];

    /// <summary>When the network was last put together again after it had been split.</summary>
    public Instant? HealedAt { get; private set; }

    public void Begin(FaultStrike strike, Instant now)
    {
        if (strike.MayIsolate) isolations.Add(new Isolation(strike, now));
    }

    public void End(FaultStrike strike, Instant now)
    {
        foreach (var isolation in isolations)
        {
            if (isolation.EndedAt is not null || isolation.FaultId != strike.FaultId) continue;
            isolation.EndedAt = now;
            if (isolation.SplitsNetwork) HealedAt = now;
        }
    }

    /// <summary>Whether something may have kept the two from exchanging messages at some moment of the span.</summary>
    public bool MaySeparate(NodeAddress one, NodeAddress other, Instant from, Instant to)
    {
        foreach (var isolation in isolations)
            if (isolation.Overlaps(from, to) && isolation.MaySeparate(one, other)) return true;
        return false;
    }

    /// <summary>Whether the network is split so that nothing passes between the two, one way or both.</summary>
    public bool AreSplit(NodeAddress one, NodeAddress other, Instant when)
    {
        foreach (var isolation in isolations)
        {
            if (isolation.SplitsNetwork && isolation.Overlaps(when, when) && isolation.MaySeparate(one, other))
                return true;
        }

        return false;
    }

    /// <summary>Whether a split of the network is in force.</summary>
    public bool HoldsAt(Instant when) =>
        isolations.Exists(isolation => isolation.SplitsNetwork && isolation.Overlaps(when, when));

    private sealed class Isolation
    {
        private readonly Dictionary<NodeAddress, int> groupOf = [];
        private readonly bool isOfSingleNodes;
        private readonly bool isOfAllLinks;

        public Isolation(FaultStrike strike, Instant startedAt)
        {
            FaultId = strike.FaultId;
            StartedAt = startedAt;
            SplitsNetwork = strike.Word is "partition" or "cut" or "linkFlap";
            isOfAllLinks = strike.Groups.Length == 0;
            isOfSingleNodes = strike.Word is not ("partition" or "cut");
            for (var group = 0; group < strike.Groups.Length; group++)
                foreach (var address in strike.Groups[group]) groupOf[address] = group;
        }

        public string FaultId { get; }

        public Instant StartedAt { get; }

        public Instant? EndedAt { get; set; }

        /// <summary>A cut, as opposed to what only makes nodes or links bad.</summary>
        public bool SplitsNetwork { get; }

        public bool Overlaps(Instant from, Instant to) =>
            StartedAt <= to && (EndedAt is not { } ended || ended > from);

        /// <summary>Who is in no group of a partition or cut is cut off from nobody.</summary>
        public bool MaySeparate(NodeAddress one, NodeAddress other)
        {
            if (isOfSingleNodes) return isOfAllLinks || groupOf.ContainsKey(one) || groupOf.ContainsKey(other);
            return groupOf.TryGetValue(one, out var first) && groupOf.TryGetValue(other, out var second)
                && first != second;
        }
    }
}
