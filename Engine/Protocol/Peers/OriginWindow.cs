namespace GossipSim.Engine.Protocol;

/// <summary>
/// Which of one origin's messages were seen: the highest number and a bit for each of the 64 up to it. What lies below
/// is old: it counts as seen and is never flooded again.
/// </summary>
internal struct OriginWindow(NodeAddress origin, int epoch)
{
    public const int Width = 64;

    public readonly NodeAddress Origin => origin;

    public readonly int Epoch => epoch;

    public int High { get; private set; }

    /// <summary>Bit i: number High - i.</summary>
    public ulong Seen { get; private set; }

    public readonly bool IsOf(NodeAddress address, int membership) => origin == address && epoch == membership;

    public readonly bool HasSeen(int number)
    {
        if (number > High) return false;
        return IsBelow(number) || (Seen >> (High - number) & 1) == 1;
    }

    public readonly bool IsBelow(int number) => (long)High - number >= Width;

    public void Mark(int number)
    {
        if (number > High)
        {
            var shift = number - High;
            // A shift by 64 or more would leave the bits as they are.
            Seen = shift >= Width ? 0 : Seen << shift;
            High = number;
        }

        Seen |= 1UL << (High - number);
    }
}
