using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>What the virtual world needs to know before it begins.</summary>
public sealed record SimulatedNetworkOptions
{
    public required AddressPlan Plan { get; init; }

    /// <summary>Makes the node at an index of the plan.</summary>
    public required Func<int, NodeFactory> Factories { get; init; }

    public required ulong RandomSeed { get; init; }

    public LatencyModel Latency { get; init; } = new ConstantLatency(20);

    /// <summary>The chance that a transmission is lost, on every link and for the whole run.</summary>
    public double LossProbability { get; init; }

    /// <summary>
    /// How much passes in each direction of each link, for the whole run; 0 is unlimited.
    /// </summary>
    public long BytesPerSecond { get; init; }

    /// <summary>How many bytes a message is on a link; needed where there is a bandwidth.</summary>
    public Func<Message, int>? SizeOf { get; init; }

    /// <summary>
    /// Throws for a message that a TCP link would not take, as the node that sends it would there; null: no message is
    /// looked at.
    /// </summary>
    public Action<Message>? RequireFits { get; init; }

    /// <summary>
    /// Whether what nodes send is counted by kind of message, and weighed where there is <see cref="SizeOf"/>.
    /// </summary>
    public bool CountsTraffic { get; init; }

    /// <summary>A power of two: of how many inputs of nodes one has what it sends weighed.</summary>
    public int WeighOneIn { get; init; } = 1;

    /// <summary>From writing to durable. Our choice: a fast disk of today.</summary>
    public TimeSpan FlushLatency { get; init; } = TimeSpan.FromMicroseconds(200);

    /// <summary>Links that stand before anybody starts; null when there are none.</summary>
    public StandingOverlay? Overlay { get; init; }

    /// <summary>As many as the numbers of <see cref="Parcels"/> have room for.</summary>
    public const int MostThreads = Parcels.WorkerLimit;

    /// <summary>
    /// How many threads share the work, at most <see cref="MostThreads"/>. Nothing that happens depends on it.
    /// </summary>
    public int Threads { get; init; } = 1;
}
