using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>One line of an event log, read back.</summary>
/// <param name="Seq">Its number; the numbers count from 1 without a gap.</param>
/// <param name="Cause">The number of what led to it.</param>
/// <param name="Node">At which node it happened; none for the world.</param>
/// <param name="Mark">For a line of the run itself: which moment it marks; then there is no event.</param>
/// <param name="Event">
/// As it was reported, but for gossip, whose detail is a <see cref="LoggedGossip"/>: the log repeats no text.
/// </param>
internal readonly record struct LoggedEvent(
    long Seq, long? Cause, Instant At, NodeAddress Node, string? Mark, ProtocolEvent Event)
{
    public EventKind? Kind => Mark is null ? Event.Kind : null;

    public NodeAddress About => Event.About;
}

/// <summary>A gossip message as a line of the log names it.</summary>
/// <param name="Key">Told by publications, and where the sender is not known to have had the message.</param>
/// <param name="Why">Why it was refused; null for all other kinds.</param>
internal sealed record LoggedGossip(string Id, GossipKey? Key, bool Recovered, string? Why);
