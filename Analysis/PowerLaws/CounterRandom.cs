namespace GossipSim.Analysis;

/// <summary>
/// Random numbers that are a hash of (random seed, stream, counter): every replicate has a stream of its own, so the
/// answer depends neither on the thread count nor on the runtime's generator. The hash is the finalizer of
/// SplitMix64 (Steele, Lea and Flood 2014).
/// </summary>
internal struct CounterRandom(ulong randomSeed, ulong stream)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private readonly ulong key = Mix(Mix(randomSeed + GoldenGamma) ^ (stream * GoldenGamma));
    private ulong counter;

    public ulong NextBits() => Mix(key + ++counter * GoldenGamma);

    /// <summary>Uniform on the open interval (0, 1): its logarithm is always finite.</summary>
    public double NextDouble() => ((NextBits() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>The number at this place, from 1, of what the generator SplitMix64 gives from state 0 on.</summary>
    public static ulong SplitMix64(ulong place) => Mix(place * GoldenGamma);

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
