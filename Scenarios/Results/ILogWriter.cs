using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>Writes events into a file, one after another.</summary>
internal interface ILogWriter
{
    /// <param name="seq">The event's number in the run; a sampled log leaves some out.</param>
    void Write(long seq, NodeAddress node, Instant now, in ProtocolEvent protocolEvent);
}
