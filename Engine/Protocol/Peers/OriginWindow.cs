namespace GossipSim.Engine.Protocol;

/// <summary>
/// Which of one origin's messages were seen: the highest number and a bit for each of the 64 up to it. What lies below
/// is old: it counts as seen and is never flooded again.
/// </summary>
internal sealed class OriginWindow
{
    public const int Width = 64;

    private readonly Gossip?[] texts = new Gossip?[Width];

    public int High { get; private set; }

    /// <summary>Bit i: number High - i.</summary>
    public ulong Seen { get; private set; }

    public bool HasSeen(int number)
    {
        if (number > High) return false;
        return High - number >= Width || (Seen >> (High - number) & 1) == 1;
    }

    public bool IsBelow(int number) => High - number >= Width;

    public void Mark(int number)
    {
        if (number > High)
        {
            var shift = number - High;
            // A shift by 64 or more would leave the bits as they are.
            Seen = shift >= Width ? 0 : Seen << shift;
            for (var passed = 0; passed < Math.Min(shift, Width); passed++) texts[(number - passed) % Width] = null;
            High = number;
        }

        Seen |= 1UL << (High - number);
    }

    public void Keep(Gossip gossip) => texts[gossip.Number % Width] = gossip;

    public void Release(int number)
    {
        if (Text(number) is not null) texts[number % Width] = null;
    }

    public Gossip? Text(int number) => texts[number % Width] is { } gossip && gossip.Number == number ? gossip : null;

    public OriginMarks Marks(NodeAddress origin, int epoch)
    {
        var held = 0UL;
        for (var age = 0; age < Width && High - age > 0; age++)
            if (Text(High - age) is not null) held |= 1UL << age;
        return new OriginMarks(origin, epoch, High, Seen, held);
    }
}
