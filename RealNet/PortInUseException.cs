using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>A node cannot listen at its address, most often because another program does.</summary>
public sealed class PortInUseException(NodeAddress address, Exception cause)
    : Exception($"cannot listen at {address}: {cause.Message}", cause)
{
    public NodeAddress Address => address;
}
