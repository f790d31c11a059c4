using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>What a restarted process finds of what the crashed one wrote.</summary>
public enum DiskState : byte
{
    /// <summary>All that was flushed.</summary>
    Kept,

    /// <summary>All that was flushed, and a part of what was being written when the process died.</summary>
    Torn,

    /// <summary>Nothing.</summary>
    Empty,
}

/// <summary>
/// A disk with a flush latency. Records are written in batches, one at a time, and what the node wants to send after
/// persisting waits for its batch: durable before any message leaves.
/// </summary>
internal sealed class SimulatedDisk
{
    private readonly List<StableRecord> durable = [];
    private Batch? writing;
    private Batch? next;

    internal sealed class Batch
    {
        public List<StableRecord> Records { get; } = [];

        public List<Outgoing> Outgoing { get; } = [];
    }

    public IReadOnlyList<StableRecord> Durable => durable;

    public bool IsBusy => writing is not null;

    /// <summary>Returns whether a flush begins with this record.</summary>
    public bool Persist(StableRecord record)
    {
        if (writing is not null)
        {
            (next ??= new Batch()).Records.Add(record);
            return false;
        }

        writing = new Batch();
        writing.Records.Add(record);
        return true;
    }

    /// <summary>Holds effects back until everything persisted so far is durable.</summary>
    public void Hold(List<Outgoing> outgoing) => (next ?? writing)!.Outgoing.AddRange(outgoing);

    /// <summary>The batch being written is durable; returns what waited for it. Another batch may begin.</summary>
    public List<Outgoing> Flush(out bool goesOn)
    {
        durable.AddRange(writing!.Records);
        var released = writing.Outgoing;
        (writing, next) = (next, null);
        goesOn = writing is not null;
        return released;
    }

    /// <summary>The process died.</summary>
    /// <param name="tear">In (0, 1): which part of the batch being written reached the disk when it is torn.</param>
    public void Crash(DiskState state, double tear)
    {
        if (state == DiskState.Empty) durable.Clear();
        else if (state == DiskState.Torn && writing is not null)
            durable.AddRange(writing.Records.GetRange(0, (int)(tear * (writing.Records.Count + 1))));
        Discard();
    }

    public void Discard() => (writing, next) = (null, null);
}

/// <summary>An effect on a link that a node asked for: a message, or with none the closing of the link.</summary>
internal readonly record struct Outgoing(int Target, NodeAddress To, Message? Message, int Hops);
