using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// Times of events that many threads report: each takes the time before it waits for its turn, so two that happen
/// within microseconds may come in the other order. The order in which they come is the one that everybody sees; a time
/// before that of the event before is moved up to it. Not thread-safe: its owner holds a lock.
/// </summary>
internal sealed class ForwardTime
{
    private Instant latest;

    public Instant Of(Instant reported)
    {
        if (reported > latest) latest = reported;
        return latest;
    }
}
