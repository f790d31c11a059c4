using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Links;

namespace GossipSim.RealNet.Hosting;

internal enum WorkKind : byte
{
    Start,
    Pause,
    Timer,

    /// <summary>A message from the node's own host.</summary>
    Told,

    /// <summary>A message came over a connection.</summary>
    Received,

    /// <summary>The other end of a connection said who it is.</summary>
    HelloHeard,

    /// <summary>Nothing more comes over a connection, or its dial failed.</summary>
    Ended,

    /// <summary>The other end announced that it closes an idle exchange.</summary>
    IdleHeard,

    /// <summary>An exchange was silent for long enough at this end.</summary>
    IdleHere,

    /// <summary>A connection has waited too long for the one before it to end.</summary>
    Overdue,

    /// <summary>Something came over a connection that was refused.</summary>
    Refused,
}

/// <summary>One thing for a node's loop to do. Links are changed by the loop only, so they need no locks.</summary>
internal readonly record struct Work(
    WorkKind Kind, Connection? Connection = null, Message? Message = null, int Hops = 0, ProtocolTimer Timer = default,
    string? Reason = null);
