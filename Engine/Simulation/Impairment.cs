namespace GossipSim.Engine.Simulation;

/// <summary>
/// What a fault does to some links while it lasts. Of several at once a cut wins, chances are independent, latencies
/// add, and the smallest bandwidth counts.
/// </summary>
public sealed record Impairment(LinkScope Scope)
{
    /// <summary>Nothing passes.</summary>
    public bool Cuts { get; init; }

    /// <summary>The chance that a transmission is lost, in [0, 1]; TCP sends it again.</summary>
    public double LossProbability { get; init; }

    /// <summary>One way, on top of the link's own.</summary>
    public TimeSpan AddedLatency { get; init; }

    /// <summary>How much passes in each direction of each link; 0 is unlimited.</summary>
    public long BytesPerSecond { get; init; }

    /// <summary>The chance that a message arrives damaged, in [0, 1]: its receiver closes the link.</summary>
    public double CorruptProbability { get; init; }

    /// <summary>The chance that a message arrives twice, in [0, 1]. TCP never does that: simulator only.</summary>
    public double DuplicateProbability { get; init; }

    /// <summary>
    /// The chance that later messages may overtake a message, in [0, 1]. TCP never lets them: simulator only.
    /// </summary>
    public double ReorderProbability { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A chance outside [0, 1], or a negative amount.</exception>
    internal void Validate()
    {
        CheckChance(LossProbability, nameof(LossProbability));
        CheckChance(CorruptProbability, nameof(CorruptProbability));
        CheckChance(DuplicateProbability, nameof(DuplicateProbability));
        CheckChance(ReorderProbability, nameof(ReorderProbability));
        ArgumentOutOfRangeException.ThrowIfNegative(BytesPerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(AddedLatency, TimeSpan.Zero);
    }

    private static void CheckChance(double chance, string name)
    {
        if (chance is >= 0 and <= 1) return;
        throw new ArgumentOutOfRangeException(name, chance, "a chance lies between 0 and 1");
    }
}
