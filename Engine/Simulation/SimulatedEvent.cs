using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

internal enum SimulatedEventKind : byte
{
    Message,
    Timer,

    /// <summary>A process starts because the world lets it.</summary>
    Start,

    /// <summary>A timer of the workload: the world sets it.</summary>
    Injected,

    /// <summary>A link's first sign at the other end. Connection: its name.</summary>
    Dial,

    /// <summary>A link's end, behind the last message that it carried.</summary>
    LinkDown,

    /// <summary>Time to send again what was lost.</summary>
    Retransmit,

    /// <summary>The disk has what was being written.</summary>
    Flushed,

    /// <summary>A message that arrives damaged.</summary>
    Corrupted,

    /// <summary>A link that its own end gave up.</summary>
    Broken,

    /// <summary>A send to where nobody can be. Content: where, boxed.</summary>
    Refused,

    /// <summary>What waited for a link's bandwidth can go on.</summary>
    Departure,

    /// <summary>Time to see whether a full outbox is still full.</summary>
    OutboxDeadline,

    /// <summary>A slow node is through with an input. Number: which piece of its work.</summary>
    Processed,
}

/// <summary>
/// Something that happens to a node, in full. What a node sees is ordered by (time, faults first, sender, the sender's
/// own order): that is the same however many threads execute. Waiting, it is a <see cref="QueuedEvent"/>.
/// </summary>
internal struct SimulatedEvent
{
    /// <summary>The world counts as the sender before all nodes.</summary>
    public const int World = -1;

    public long Time;
    public int Target;

    /// <summary>Of a link's own end: the other end.</summary>
    public int Sender;

    /// <summary>Messages: hops. Timers: which process of the node set it.</summary>
    public int Number;

    public long Connection;
    public SimulatedEventKind Kind;
    public ProtocolTimer Timer;

    /// <summary>A <see cref="Message"/>, or a boxed value of the kind.</summary>
    public object? Content;
}
