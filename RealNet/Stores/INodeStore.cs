using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Stores;

/// <summary>A node's disk. Used by one process at a time, from its loop.</summary>
internal interface INodeStore : IDisposable
{
    /// <summary>What earlier processes made durable: of each key the latest, in the order of writing.</summary>
    IReadOnlyList<StableRecord> Open();

    void Append(StableRecord record);

    /// <summary>Makes everything appended durable.</summary>
    ValueTask FlushAsync();

    /// <summary>The process died: what was appended and not flushed is gone.</summary>
    void Crash();

    /// <summary>Leaves half of a record at the end, as a crash within a write does. What was flushed stays.</summary>
    void Tear();

    void Erase();
}
