namespace GossipSim.Engine.Protocol;

/// <summary>The ways in which a node may lie; names as in scenario files, where they are in camel case.</summary>
public enum ByzantineBehavior : byte
{
    // Peers
    /// <summary>Reports a live member dead to the seed nodes, again and again.</summary>
    FalseDeadReport,

    /// <summary>Answers every question about a suspect with DEAD.</summary>
    LyingWitness,

    /// <summary>Floods gossip that names another live peer as its origin.</summary>
    ForgeOrigin,

    /// <summary>Takes gossip, passes nothing on, and hides that it has it.</summary>
    DropGossip,

    // Both
    /// <summary>Says again what it, or somebody else, said before.</summary>
    ReplayOldMessages,

    // Seed nodes
    /// <summary>Votes YES on every proposal without looking.</summary>
    VoteAlwaysYes,

    /// <summary>Votes for two processes at the same address and epoch.</summary>
    DoubleVote,

    /// <summary>Tells different seed nodes different things.</summary>
    Equivocate,
}

public static class ByzantineBehaviors
{
    /// <summary>
    /// A sybil is an ordinary member that does its neighbors no good (Douceur, "The Sybil Attack", IPTPS 2002).
    /// </summary>
    public static readonly ByzantineBehavior[] OfSybil =
        [ByzantineBehavior.LyingWitness, ByzantineBehavior.DropGossip];

    public static bool SuitsPeers(this ByzantineBehavior behavior) => behavior <= ByzantineBehavior.ReplayOldMessages;

    public static bool SuitsSeedNodes(this ByzantineBehavior behavior) =>
        behavior >= ByzantineBehavior.ReplayOldMessages;
}
