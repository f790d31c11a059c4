using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;

namespace GossipSim.RealNet.Wire;

/// <summary>
/// Whether a message fits a line, told from the lengths of its texts and lists. Most types have neither, and cost one
/// look-up; the exact length is measured only of a message that may be too long.
/// </summary>
internal static class LineFit
{
    /// <summary>Bytes of a line that leaves room for the frame of a shared key.</summary>
    public static readonly int LineBytes = WireLimits.LineBytes - FrameHeader.MostBytes;

    /// <summary>Bytes behind a message's own fields: its hops and the end of the line.</summary>
    public const int TailBytes = 32;

    private static readonly ConcurrentDictionary<Type, ValueBound?> messages = new();

    /// <summary>Why the other end would not take a message, in words; null when it fits.</summary>
    public static string? WhyNot(Message message)
    {
        var type = message.GetType();
        var growing = messages.GetOrAdd(type, GrowingBound);
        if (growing is null) return null;
        var most = growing.Most(message, out var longestList, out var longestText);
        if (longestList > WireLimits.Entries)
            return $"a {type.Name} with a list of {longestList} entries cannot be sent; "
                + $"one list has at most {WireLimits.Entries}";
        if (longestText > WireLimits.StringBytes)
            return $"a {type.Name} with a text of {longestText} bytes cannot be sent; "
                + $"one text has at most {WireLimits.StringBytes}";
        if (most + TailBytes <= LineBytes) return null;
        var length = MessageCodec.LengthOf(message);
        return length + TailBytes <= LineBytes
            ? null
            : $"a {type.Name} of {length} bytes cannot be sent; a line has at most {LineBytes - TailBytes}";
    }

    /// <returns>Null when all values of the type take nearly the same, and that fits.</returns>
    private static ValueBound? GrowingBound(Type type)
    {
        var bound = ValueBound.Of(type);
        return bound.Fixed is { } bytes && bytes + TailBytes <= LineBytes ? null : bound;
    }
}
