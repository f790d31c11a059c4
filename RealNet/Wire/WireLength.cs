using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

/// <summary>How much of a link a message takes.</summary>
public static class WireLength
{
    /// <summary>In bytes: the line of JSON and its end.</summary>
    public static int Of(Message message) => MessageCodec.Encode(message, hops: 1).Length;
}
