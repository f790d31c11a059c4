namespace GossipSim.Engine.Protocol;

/// <summary>
/// Carries messages over links that keep TCP's promises and no more: first in, first out in each direction, no
/// duplicates, and the end of a link is told to the end that did not close it, after the last message it carried.
/// </summary>
public interface ITransport
{
    void Send(NodeAddress from, NodeAddress to, Message message, int hops);

    /// <summary>Sends to one after the other.</summary>
    void SendToAll(NodeAddress from, in Recipients to, Message message, int hops)
    {
        for (var place = 0; place < to.Places; place++)
            if (place != to.Except) Send(from, to[place], message, hops);
    }

    void Close(NodeAddress from, NodeAddress to);
}
