using System.Buffers;

namespace GossipSim.RealNet.Wire;

/// <summary>Where the lines end in what came.</summary>
internal static class WireLine
{
    /// <param name="line">Without its newline.</param>
    public static bool TryCut(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (rest.PositionOf((byte)'\n') is not { } newline) return false;
        line = rest.Slice(0, newline);
        rest = rest.Slice(rest.GetPosition(1, newline));
        return true;
    }
}
