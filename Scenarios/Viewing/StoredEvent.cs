using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// One line of an event log, as far as moments and states need it: a value of 32 bytes, so that a million of them lie
/// side by side. Nodes are places in <see cref="StoredEvents.Nodes"/>; -1 is none.
/// </summary>
/// <param name="Microseconds">
/// Since the run began, and never before an earlier line's: on TCP a node is heard of a little late.
/// </param>
/// <param name="Number">As the line has it; of a delivery that was recovered -1, which no flood took.</param>
/// <param name="Detail">
/// Of gossip the place of its message, of what else changes a world that of <see cref="StoredEvents.DetailOf"/>; -1 for
/// all others.
/// </param>
/// <param name="Kind">A place in <see cref="StoredKinds"/>.</param>
internal readonly record struct StoredEvent(
    long Microseconds, uint Seq, int Node, int About, int Number, int Detail, byte Kind)
{
    public Instant At => new(Microseconds);
}
