using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Links;

/// <summary>The node behind a <see cref="LinkTable"/>; called on the node's loop.</summary>
internal interface ILinkNode
{
    /// <summary>The HELLO of this process as it is now, as a line.</summary>
    byte[] HelloLine();

    /// <summary>Whether somebody at that address is one of those whom the node has to do with.</summary>
    bool Knows(NodeAddress address);

    void Report(in ProtocolEvent protocolEvent);
}
