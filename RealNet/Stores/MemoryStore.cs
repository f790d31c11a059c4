using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Stores;

/// <summary>A disk that lasts as long as the run: it survives its node, not the program.</summary>
internal sealed class MemoryStore : INodeStore
{
    private readonly List<StableRecord> unflushed = [];
    private List<StableRecord> durable = [];

    public IReadOnlyList<StableRecord> Open()
    {
        durable = LatestByKey.Of(durable);
        return [.. durable];
    }

    public void Append(StableRecord record) => unflushed.Add(record);

    public ValueTask FlushAsync()
    {
        durable.AddRange(unflushed);
        unflushed.Clear();
        return ValueTask.CompletedTask;
    }

    public void Crash() => unflushed.Clear();

    public void Tear()
    {
        // Half a record is none: reading would skip it.
    }

    public void Dispose()
    {
        // Nothing outside memory.
    }

    public void Erase()
    {
        unflushed.Clear();
        durable.Clear();
    }
}
