using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// The finaliser of SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014):
/// a bijection of 64-bit numbers whose output bits look independent. Streams, hashes and fingerprints are made of it.
/// </summary>
public static class Mix64
{
    public const ulong Golden = 0x9E3779B97F4A7C15UL;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    /// <summary>One number that depends on both, and on their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong first, ulong second) => Of(Of(first + Golden) ^ (second + Golden));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong first, ulong second, ulong third) => Of(Of(first, second), third);

    /// <summary>
    /// A number in the open interval (0, 1), from the upper 52 bits: exact in a double, so neither end is hit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToUnit(ulong bits) => ((bits >> 12) + 0.5) * (1.0 / (1UL << 52));
}
