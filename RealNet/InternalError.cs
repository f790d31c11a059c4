using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>What became of a node after an internal error.</summary>
public enum InternalErrorOutcome : byte
{
    /// <summary>A message could not be written as a line; the node goes on without having sent it.</summary>
    MessageDropped,

    /// <summary>A connection failed in the transport and was closed; the node goes on.</summary>
    ConnectionClosed,

    /// <summary>
    /// A handler threw, so that the state of the node is undefined: it starts again from its disk, as after a crash.
    /// </summary>
    NodeRestarted,

    /// <summary>The node cannot start, or its disk cannot be used: it is stopped for good.</summary>
    NodeStopped,
}

/// <summary>An error of this program at a node. A run in which one occurred proves nothing.</summary>
public sealed record InternalError(NodeAddress Node, Exception Error, InternalErrorOutcome Outcome);
