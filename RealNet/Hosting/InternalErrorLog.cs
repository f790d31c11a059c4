using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Hosting;

/// <summary>Counts the internal errors of a network and tells them to whoever runs it.</summary>
internal sealed class InternalErrorLog(TrafficMeter traffic, Action<InternalError> tell)
{
    public void Note(NodeAddress node, Exception error, InternalErrorOutcome outcome)
    {
        traffic.InternalError();
        tell(new InternalError(node, error, outcome));
    }
}
