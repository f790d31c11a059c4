using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Explaining;

/// <summary>A fault of the scenario, from when to when.</summary>
internal sealed class LastingFault(FaultStrike strike, Instant began)
{
    private readonly Dictionary<NodeAddress, int> groupOf = GroupsOf(strike);

    public FaultStrike Strike { get; } = strike;

    public Instant Began { get; } = began;

    public Instant? Ended { get; set; }

    public bool IsActiveAt(Instant when) => Began <= when && (Ended is not { } ended || ended > when);

    public bool Overlaps(Instant from, Instant to) => Began <= to && (Ended is not { } ended || ended > from);

    /// <summary>Whether it may keep the two from exchanging messages within the protocol's timeouts.</summary>
    public bool MaySeparate(NodeAddress one, NodeAddress other) => Strike.Word is "partition" or "cut"
        ? Cuts(one, other) || Cuts(other, one)
        : Strike.MayIsolate && (Strikes(one) || Strikes(other));

    /// <summary>
    /// Whether it keeps every message from one node from coming to the other. Who is in no group of a partition is in
    /// one more, together with the others left.
    /// </summary>
    public bool Cuts(NodeAddress from, NodeAddress to)
    {
        var (sender, receiver) = (groupOf.GetValueOrDefault(from, -1), groupOf.GetValueOrDefault(to, -1));
        return Strike.Word switch
        {
            "partition" => sender != receiver,
            "cut" => (sender == 0 && receiver == 1) || (!Strike.OneWay && sender == 1 && receiver == 0),
            _ => false,
        };
    }

    /// <summary>Whether it slows or harms what passes between two nodes without keeping all of it away.</summary>
    public bool Hampers(NodeAddress one, NodeAddress other) => Strike.Word switch
    {
        "cut" => Strike.OneWay && (Cuts(one, other) || Cuts(other, one)),
        // A copy more holds nothing up, so "duplicate" is not among them.
        "linkLoss" or "linkDelay" or "linkFlap" or "linkBandwidth" or "corrupt" or "reorder" =>
            Strikes(one) || Strikes(other),
        "slowNode" or "clockSkew" => groupOf.ContainsKey(one) || groupOf.ContainsKey(other),
        _ => false,
    };

    /// <summary>Whether it is aimed at this node, or at all links.</summary>
    public bool Strikes(NodeAddress node) => Strike.Groups.Length == 0 || groupOf.ContainsKey(node);

    /// <summary>Whether it makes this process of a node keep the gossip of others for itself.</summary>
    public bool Silences(NodeAddress node, LifeHistory life) => groupOf.ContainsKey(node) && Strike.Word switch
    {
        "byzantine" => Strike.Behavior == "dropGossip" && life.HasRunSince(Began),
        // It is struck before it starts.
        "sybil" => life.HasStartedOnceSince(Began),
        _ => false,
    };

    public bool MakesByzantine(NodeAddress node) =>
        Strike.Word is "sybil" or "byzantine" && groupOf.ContainsKey(node);

    private static Dictionary<NodeAddress, int> GroupsOf(FaultStrike strike)
    {
        var groups = new Dictionary<NodeAddress, int>();
        for (var group = 0; group < strike.Groups.Length; group++)
            foreach (var node in strike.Groups[group]) groups[node] = group;
        return groups;
    }
}

/// <summary>All faults of a run in the order in which they struck.</summary>
internal sealed class FaultHistory
{
    private readonly List<LastingFault> faults = [];

    public IReadOnlyList<LastingFault> All => faults;

    public void Strike(FaultStrike strike, Instant now) => faults.Add(new LastingFault(strike, now));

    public void End(FaultStrike strike, Instant now)
    {
        foreach (var fault in faults)
            if (fault.Strike.FaultId == strike.FaultId) fault.Ended ??= now;
    }

    public LastingFault? CutAt(Instant when, NodeAddress from, NodeAddress to) =>
        faults.Find(fault => fault.IsActiveAt(when) && fault.Cuts(from, to));

    public LastingFault? HamperingAt(Instant when, NodeAddress one, NodeAddress other) =>
        faults.Find(fault => fault.IsActiveAt(when) && fault.Hampers(one, other));

    public LastingFault? SilencingAt(Instant when, NodeAddress node, LifeHistory life) =>
        faults.Find(fault => fault.IsActiveAt(when) && fault.Silences(node, life));

    /// <summary>The fault since which this node lies; who ever lied is not believed again.</summary>
    public LastingFault? CorruptionOf(NodeAddress node, Instant when) =>
        faults.Find(fault => fault.Began <= when && fault.MakesByzantine(node));

    /// <summary>A fault that may keep this node from exchanging messages with others.</summary>
    public LastingFault? IsolatingAt(Instant when, NodeAddress node) =>
        faults.Find(fault => fault.IsActiveAt(when) && fault.Strike.MayIsolate && fault.Strikes(node));

    /// <summary>When the last fault between the two ended that had ended by then.</summary>
    public Instant ClearSince(Instant when, NodeAddress from, NodeAddress to)
    {
        var clear = new Instant(long.MinValue);
        foreach (var fault in faults)
        {
            if (fault.Ended is not { } ended || ended > when || ended < clear) continue;
            if (fault.Cuts(from, to) || fault.Hampers(from, to)) clear = ended;
        }

        return clear;
    }
}
