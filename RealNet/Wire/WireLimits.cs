using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Wire;

/// <summary>What a line may be at most. Part of the format, so not configurable: both ends must agree.</summary>
internal static class WireLimits
{
    /// <summary>Bytes of a line with its newline (DESIGN section 4).</summary>
    public const int LineBytes = 64 * 1024;

    /// <summary>Bytes of the first line: whoever has not said who he is gets no more room. Our choice.</summary>
    public const int HelloBytes = 4 * 1024;

    /// <summary>
    /// Bytes read and forgotten of who was refused, so that he gets to read why (ANCHORS 2.8, S1: cut within 1 MiB).
    /// </summary>
    public const int ForgottenBytes = 512 * 1024;

    /// <summary>
    /// Nesting; the deepest message needs 5. The measured bounded server of ANCHORS 2.5 has the same.
    /// </summary>
    public const int Depth = 16;

    /// <summary>Entries of one array: lists are sent in pages of at most this many.</summary>
    public const int Entries = MessagePages.MostEntries;

    /// <summary>Bytes of one string. Our choice: a payload may be long, but leaves room for its envelope.</summary>
    public const int StringBytes = 32 * 1024;
}
