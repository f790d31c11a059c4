using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Links;

/// <summary>An input that a link has for the node: a message, or the end of the link.</summary>
/// <param name="Connection">The connection that brought the message; null with the end of the link.</param>
/// <param name="Message">Null: the link is down.</param>
internal readonly record struct LinkInput(Link Link, Connection? Connection, Message? Message, int Hops);
