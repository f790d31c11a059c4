using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Stages;

/// <summary>How long each thing may take until it counts as not having happened.</summary>
internal sealed record Waits
{
    /// <summary>To accept a connection, to answer a question (document 003: 5 s).</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>To be registered, with all rounds that takes (document 003: 15 s).</summary>
    public TimeSpan Registration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>From a decision to all lists that tell of it (SOURCES section 4.1, check 5: 1 s).</summary>
    public TimeSpan Spread { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>To start five peers, register and link them. Our choice: they may be processes of a busy machine.
    /// </summary>
    public TimeSpan Formation { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For a message to reach five peers and their log. Our choice.</summary>
    public TimeSpan Gossip { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From a kill to a closed port. Our choice: as long as an answer.</summary>
    public TimeSpan Closing { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From a crash to its removal everywhere.</summary>
    public required TimeSpan Removal { get; init; }

    /// <summary>To decide that a report is false: the seed nodes' whole round, and the answer.</summary>
    public required TimeSpan Refusal { get; init; }

    /// <summary>From the first link to the last message of a peer, at most.</summary>
    public required TimeSpan Publishing { get; init; }

    /// <summary>As long as the timings of the nodes ask for.</summary>
    public static Waits Of(ProtocolSettings settings) => new()
    {
        Removal = settings.DetectionBound,
        Refusal = settings.SeedNode.RoundTimeout + TimeSpan.FromSeconds(5),
        Publishing = ((settings.Peer.MaxMessagesPerPeer + 2) * settings.Peer.GossipInterval)
            + TimeSpan.FromSeconds(5),
    };
}
