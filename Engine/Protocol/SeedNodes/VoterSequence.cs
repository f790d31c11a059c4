namespace GossipSim.Engine.Protocol;

/// <summary>
/// Who voted YES, in the order heard. Immutable, and one object for all changes that the same seed nodes voted for in
/// the same order: the certificates of a million members name a few dozen sequences.
/// </summary>
internal sealed class VoterSequence
{
    /// <summary>Our choice: all orders of up to 5 of 6 voters; of more seed nodes rare ones are not shared.</summary>
    private const int SharedLimit = 2_000;

    private readonly VoterSequence origin;
    private List<VoterSequence>? continued;
    private int shared;

    private VoterSequence(VoterSequence? origin, NodeAddress[] voters)
    {
        this.origin = origin ?? this;
        Voters = voters;
    }

    /// <summary>Never written.</summary>
    public NodeAddress[] Voters { get; }

    /// <summary>The start of the sequences of one seed node.</summary>
    public static VoterSequence Nobody() => new(null, []);

    /// <summary>The same voters and one more; he counts once.</summary>
    public VoterSequence With(NodeAddress voter)
    {
        if (Array.IndexOf(Voters, voter) >= 0) return this;
        foreach (var known in continued ?? [])
            if (known.Voters[^1] == voter) return known;
        var longer = new VoterSequence(origin, [.. Voters, voter]);
        if (origin.shared == SharedLimit) return longer;
        origin.shared++;
        (continued ??= []).Add(longer);
        return longer;
    }
}
