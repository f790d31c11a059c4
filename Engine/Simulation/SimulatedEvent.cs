using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

internal enum SimulatedEventKind : byte
{
    /// <summary>A change of the world, between the inputs of nodes.</summary>
    World,
    Start,
    Message,
    Timer,

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

    /// <summary>A send to where nobody can be. Timer: about whom.</summary>
    Refused,

    /// <summary>What waited for a link's bandwidth can go on.</summary>
    Departure,

    /// <summary>Time to see whether a full outbox is still full.</summary>
    OutboxDeadline,

    /// <summary>A slow node is through with an input. Number: which piece of its work.</summary>
    Processed,
}

/// <summary>
/// Something that will happen, as a value. What a node sees is ordered by (time, faults first, sender, the sender's own
/// count) and never by when it was put into the queue: that order is the same however many threads execute.
/// </summary>
internal struct SimulatedEvent
{
    /// <summary>The world counts as the sender before all nodes.</summary>
    public const int World = -1;

    public long Time;
    public int Sender;
    public uint Sequence;
    public int Target;

    /// <summary>Messages: hops. Timers: which process of the node set it. Of a link's own end: the other end.</summary>
    public int Number;

    public long Connection;
    public SimulatedEventKind Kind;
    public ProtocolTimer Timer;

    /// <summary>A <see cref="Message"/>, or the <see cref="Action"/> of a world event.</summary>
    public object? Content;

    public readonly bool IsBefore(in SimulatedEvent other)
    {
        if (Time != other.Time) return Time < other.Time;
        if (Sender != other.Sender) return Sender < other.Sender;
        return Sequence < other.Sequence;
    }
}
