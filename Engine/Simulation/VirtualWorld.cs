using System.Numerics;
using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// What all workers share: who is where, and in which condition the links are. While workers hand out inputs each
/// changes the places of its own nodes only; all else changes between windows.
/// </summary>
internal sealed class VirtualWorld
{
    private const ulong JitterStream = 0x6A69747465720001UL;
    private const ulong LossStream = 0x6C6F737300000001UL;
    private const ulong RepeatStream = 0x7265706561740001UL;
    private const ulong CorruptStream = 0x636F727275707401UL;
    private const ulong DuplicateStream = 0x6475706C69630001UL;
    private const ulong ReorderStream = 0x72656F7264657201UL;
    private const ulong PaceStream = 0x7061636500000001UL;

    /// <summary>Our choice: a window is never wider, and never too wide for times of 32 bits.</summary>
    private const long WidestWindow = 1 << 20;

    private readonly LinkLengths lengths;
    private readonly bool hasFixedLatencies;
    private readonly ulong wantedKinds;

    public VirtualWorld(SimulatedNetworkOptions options, ITrace trace)
    {
        Options = options;
        Plan = options.Plan;
        lengths = new LinkLengths(options.Latency, options.RandomSeed);
        Overlay = options.Overlay;
        if (Overlay is not null) StandingLinks = new StandingLinks(Overlay, lengths);
        Conditions = new LinkConditions(options.LossProbability, options.BytesPerSecond);
        Nodes = new SimulatedNode[Plan.Count];
        for (var index = 0; index < Nodes.Length; index++) Nodes[index] = new SimulatedNode(index);
        JitterKey = KeyOf(JitterStream);
        LossKey = KeyOf(LossStream);
        RepeatKey = KeyOf(RepeatStream);
        CorruptKey = KeyOf(CorruptStream);
        DuplicateKey = KeyOf(DuplicateStream);
        ReorderKey = KeyOf(ReorderStream);
        PaceKey = KeyOf(PaceStream);
        hasFixedLatencies = options.Latency is { JitterFraction: 0, VariesPerMessage: false };
        var narrowest = Math.Clamp(options.Latency.SmallestMicroseconds, 1, WidestWindow);
        WindowShift = BitOperations.Log2((ulong)narrowest);
        foreach (var kind in Enum.GetValues<EventKind>())
            if (trace.Wants(kind)) wantedKinds |= 1UL << (int)kind;
        NoteConditions();
    }

    public SimulatedNetworkOptions Options { get; }

    public AddressPlan Plan { get; }

    /// <summary>Links that stood before anybody started; null when there are none.</summary>
    public StandingOverlay? Overlay { get; }

    /// <summary>Null when no links stood.</summary>
    public StandingLinks? StandingLinks { get; }

    public SimulatedNode[] Nodes { get; }

    public LinkConditions Conditions { get; }

    public ulong JitterKey { get; }

    public ulong LossKey { get; }

    public ulong RepeatKey { get; }

    public ulong CorruptKey { get; }

    public ulong DuplicateKey { get; }

    public ulong ReorderKey { get; }

    public ulong PaceKey { get; }

    /// <summary>
    /// A window is 2 to this power wide, in microseconds, and no wider than the smallest latency: nobody can influence
    /// anybody else within one.
    /// </summary>
    public int WindowShift { get; }

    /// <summary>Whether all that leaves a link at rest takes its base latency, no more and no less.</summary>
    public bool IsSteady { get; private set; }

    /// <summary>Tells the world that <see cref="Conditions"/> changed.</summary>
    public void NoteConditions() => IsSteady = hasFixedLatencies && Conditions.AreNone;

    public bool Wants(EventKind kind) => (wantedKinds >> (int)kind & 1) == 1;

    /// <inheritdoc cref="LinkLengths.Between"/>
    public long BaseLatency(int from, int to) => lengths.Between(from, to);

    private ulong KeyOf(ulong stream) => Mix64.Of(Options.RandomSeed, stream);
}
