using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

/// <summary>How much of a link a message takes.</summary>
public static class WireLength
{
    /// <summary>What lines call messages of this type.</summary>
    public static string KindOf(Type message) => WireName.Of(message.Name);

    /// <summary>In bytes: the line of JSON and its end.</summary>
    public static int Of(Message message) => MessageCodec.Encode(message, hops: 1).Length;
}
