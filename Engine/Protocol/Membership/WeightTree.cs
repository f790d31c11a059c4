namespace GossipSim.Engine.Protocol;

/// <summary>
/// A weight for each place, and the place at which their running sum passes a number, in O(log n): a tree of sums of
/// sixteen. As wide as a cache line, so that of a million places the levels but the lowest stay near the processor.
/// </summary>
internal sealed class WeightTree
{
    private const int WidthBits = 4;
    private const int Width = 1 << WidthBits;

    private readonly Column<int> weights = new();

    /// <summary>From the lowest level up: each number is the sum of sixteen of the level below.</summary>
    private readonly List<Column<long>> sums = [new()];

    public long Total { get; private set; }

    public int this[int place]
    {
        get => weights[place];
        set
        {
            var change = value - (long)weights[place];
            if (change == 0) return;
            weights[place] = value;
            Total += change;
            foreach (var level in sums) level[place >>= WidthBits] += change;
        }
    }

    /// <summary>One more place, with no weight.</summary>
    public void Add()
    {
        weights.Add(0);
        var last = weights.Count - 1;
        foreach (var level in sums)
        {
            last >>= WidthBits;
            if (level.Count == last) level.Add(0);
        }

        if (sums[^1].Count <= Width) return;
        var top = new Column<long>();
        top.Add(Total);
        top.Add(0);
        sums.Add(top);
    }

    /// <summary>The place whose weight the number falls into, when all are laid side by side.</summary>
    /// <param name="number">From 0 to less than <see cref="Total"/>.</param>
    public int Find(long number)
    {
        var found = 0;
        for (var level = sums.Count - 1; level >= 0; level--)
        {
            var step = new Step(number);
            foreach (var sum in sums[level].Slice(found <<= WidthBits, Width)) step.Pass(sum);
            found += step.Passed;
            number = step.Left;
        }

        var last = new Step(number);
        foreach (var weight in weights.Slice(found <<= WidthBits, Width)) last.Pass(weight);
        return found + last.Passed;
    }

    /// <summary>
    /// Goes past numbers as long as their sum is not above the one looked for. Without branches: where it ends is
    /// chance, which a processor cannot foresee.
    /// </summary>
    private struct Step(long number)
    {
        private long rest = number;

        /// <summary>What is left of the number.</summary>
        public long Left { get; private set; } = number;

        public int Passed { get; private set; }

        public void Pass(long sum)
        {
            rest -= sum;
            var isPast = ~(rest >> 63);
            Left -= sum & isPast;
            Passed -= (int)isPast;
        }
    }
}
