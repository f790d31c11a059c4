namespace GossipSim.Engine.Protocol;

/// <summary>
/// A node's own stream of chance (SplitMix64, 8 bytes). Hosts derive it from the run's random seed and the address.
/// </summary>
public struct NodeRandom(ulong state)
{
    private ulong state = state;

    /// <summary>The stream of one process at one address: restarting draws a new stream.</summary>
    public static NodeRandom For(ulong randomSeed, NodeAddress address, int start) =>
        new(Mix64.Of(randomSeed, address.Packed, (ulong)start));

    public ulong NextUInt64() => Mix64.Of(state += Mix64.Golden);

    /// <summary>Uniform in [0, limit); limit at least 1.</summary>
    public int Next(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return (int)Math.BigMul(NextUInt64(), (ulong)limit, out _);
    }

    /// <summary>Uniform in (0, 1).</summary>
    public double NextUnit() => Mix64.ToUnit(NextUInt64());

    /// <summary>Uniform in [0, limit), whole microseconds.</summary>
    public TimeSpan NextTimeSpan(TimeSpan limit) =>
        TimeSpan.FromMicroseconds(Math.Floor(NextUnit() * limit.TotalMicroseconds));

    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
