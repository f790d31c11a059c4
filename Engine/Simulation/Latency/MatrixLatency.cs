namespace GossipSim.Engine.Simulation;

/// <summary>Nodes live in regions; a link is as long as its regions are apart, in its direction.</summary>
public sealed record MatrixLatency : LatencyModel
{
    private readonly Placement placement;
    private readonly double[][] oneWayMs;

    /// <param name="placement">The region of each node.</param>
    /// <param name="oneWayMs">Milliseconds [from][to]; on the diagonal those within a region.</param>
    /// <exception cref="ArgumentException">Not one row and column for each region.</exception>
    public MatrixLatency(Placement placement, double[][] oneWayMs)
    {
        (this.placement, this.oneWayMs) = (placement, oneWayMs);
        if (oneWayMs.Length != placement.Places || Array.Exists(oneWayMs, row => row.Length != placement.Places))
            throw new ArgumentException($"needs {placement.Places} rows of as many latencies", nameof(oneWayMs));
    }

    protected override double BaseMs(int from, int to, double unit) =>
        oneWayMs[placement.PlaceOf(from)][placement.PlaceOf(to)];
}
