namespace GossipSim.Engine.Protocol;

/// <summary>
/// Carries messages over links that keep TCP's promises and no more: first in, first out in each direction, no
/// duplicates, and the end of a link is told to the end that did not close it, after the last message it carried.
/// </summary>
public interface ITransport
{
    void Send(NodeAddress from, NodeAddress to, Message message, int hops);

    void Close(NodeAddress from, NodeAddress to);
}
