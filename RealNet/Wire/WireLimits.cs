namespace GossipSim.RealNet.Wire;

/// <summary>What a line may be at most. Part of the format, so not configurable: both ends must agree.</summary>
internal static class WireLimits
{
    /// <summary>Bytes of a line with its newline (DESIGN section 4).</summary>
    public const int LineBytes = 64 * 1024;

    /// <summary>
    /// Nesting; the deepest message needs 5. The measured bounded server of ANCHORS 2.5 has the same.
    /// </summary>
    public const int Depth = 16;

    /// <summary>Entries of one array: lists are sent in pages of at most this many (DESIGN section 4).</summary>
    public const int Entries = 200;

    /// <summary>Bytes of one string. Our choice: a payload may be long, but leaves room for its envelope.</summary>
    public const int StringBytes = 32 * 1024;
}
