using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

/// <summary>How much of a link a message takes.</summary>
public static class WireLength
{
    /// <summary>What lines call messages of this type.</summary>
    public static string KindOf(Type message) => WireName.Of(message.Name);

    /// <summary>In bytes: the line of JSON and its end.</summary>
    public static int Of(Message message) => MessageCodec.LengthOf(message);

    /// <summary>Bytes of the longest text of a gossip message, as <see cref="OfText"/> counts.</summary>
    public const int LongestText = WireLimits.StringBytes;

    /// <summary>Bytes that a text takes in a line: UTF-8, and what JSON must escape.</summary>
    public static int OfText(string text) => TextValue.LengthOf(text);

    /// <summary>Of any message that a node sends: whether a link would take it.</summary>
    /// <exception cref="InvalidOperationException">It fits no line; says which limit it exceeds.</exception>
    public static void RequireLine(Message message)
    {
        if (LineFit.WhyNot(message) is { } why) throw new InvalidOperationException(why);
    }

    /// <summary>Of a message from a node's own host, which nobody has judged yet.</summary>
    /// <exception cref="ArgumentException">Its text is too long for a line.</exception>
    internal static void RequireFits(Message message)
    {
        if (message is Publish { Text: var text } && OfText(text) is > LongestText and var bytes)
            throw new ArgumentException($"a text of {bytes} bytes cannot be sent; the longest has {LongestText}");
    }
}
