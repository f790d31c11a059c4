using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>
/// What the network does to what passes one way between two nodes; the default is nothing. It keeps TCP's promises: on
/// a link that stands everything arrives once and in order.
/// </summary>
/// <param name="LossProbability">
/// The chance that a message has to be sent again, in [0, 1]: after 200 ms, doubling; five times in vain break the
/// link.
/// </param>
/// <param name="AddedLatencyMs">On top of what the way takes by itself.</param>
/// <param name="BytesPerSecond">How much passes; what comes faster waits in the outbox. 0 is unlimited.</param>
/// <param name="CorruptProbability">
/// The chance that a message arrives damaged, in [0, 1]: who gets it closes the link.
/// </param>
public readonly record struct LinkWeather(
    double LossProbability = 0, double AddedLatencyMs = 0, long BytesPerSecond = 0, double CorruptProbability = 0);

/// <summary>The weather around one node: both ends of a link have to hear of it.</summary>
/// <param name="To">What it sends to anybody who is not among the others.</param>
/// <param name="From">What comes to it from anybody who is not among the others.</param>
public sealed record NodeWeather(LinkWeather To, LinkWeather From, IReadOnlyList<NeighborWeather> Others);

/// <param name="To">What the node sends to this other one.</param>
/// <param name="From">What comes from there.</param>
public sealed record NeighborWeather(NodeAddress Other, LinkWeather To, LinkWeather From);

/// <summary>How long what one node sends another is under way where a model says it; a pure function.</summary>
/// <param name="unit">In [0, 1): the message's own draw; 0 is the least that the way takes.</param>
public delegate TimeSpan WayLatency(NodeAddress from, NodeAddress to, double unit);
