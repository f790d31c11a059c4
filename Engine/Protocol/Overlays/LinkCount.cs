namespace GossipSim.Engine.Protocol;

/// <summary>
/// How many links a joining peer opens: a number, one of a range that each draws for itself, or floor(n/2)+1 of the n
/// members that it was told of.
/// </summary>
public readonly record struct LinkCount
{
    private readonly int least;
    private readonly int most;
    private readonly bool isHalf;

    private LinkCount(int least, int most, bool isHalf) => (this.least, this.most, this.isHalf) = (least, most, isHalf);

    public static LinkCount FloorHalfPlusOne { get; } = new(0, 0, isHalf: true);

    public static LinkCount Exactly(int links) => Between(links, links);

    /// <summary>Each number with the same chance; both are among them.</summary>
    public static LinkCount Between(int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        return new LinkCount(least, most, isHalf: false);
    }

    /// <summary>Where nothing is to be drawn, the stream of chance stays where it is.</summary>
    internal int Of(int listed, ref NodeRandom random)
    {
        if (isHalf) return (listed / 2) + 1;
        return least == most ? least : least + random.Next(most - least + 1);
    }
}
