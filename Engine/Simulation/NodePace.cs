using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>How slowly a node handles its inputs, and the one that it is at.</summary>
internal sealed class NodePace
{
    private long endsAt;
    private long? left;
    private ulong begun;

    /// <summary>Null at full speed.</summary>
    public LatencyModel? Delay { get; set; }

    public bool IsAtWork { get; private set; }

    /// <summary>
    /// Counts pieces of work begun or given up: an end that comes for an earlier one means nothing. So few are on their
    /// way at a time that it may begin anew where a waiting event has no room for more.
    /// </summary>
    public int Round { get; private set; }

    /// <param name="node">Its index in the address plan.</param>
    /// <param name="key">Each input that the node handles slowly has a draw of its own.</param>
    /// <returns>When it will be done, in microseconds.</returns>
    public long Begin(long now, int node, ulong key)
    {
        IsAtWork = true;
        CountRound();
        endsAt = now + (left ?? Delay!.BaseMicroseconds(node, node, Mix64.ToUnit(Mix64.Of(key, begun++))));
        left = null;
        return endsAt;
    }

    public void End() => IsAtWork = false;

    /// <summary>A paused process keeps what it has done of its work.</summary>
    public void Interrupt(long now)
    {
        if (!IsAtWork) return;
        left = endsAt - now;
        GiveUp();
    }

    public void Forget()
    {
        left = null;
        GiveUp();
    }

    private void CountRound() => Round = (Round + 1) % QueuedEvent.NumberLimit;

    private void GiveUp()
    {
        IsAtWork = false;
        CountRound();
    }
}
