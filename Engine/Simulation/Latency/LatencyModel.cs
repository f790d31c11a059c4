namespace GossipSim.Engine.Simulation;

/// <summary>
/// The distribution of link latencies, as the inverse of its distribution function: a link's base latency is a pure
/// function of (both ends, run), so nothing need be stored and one change does not shift another link.
/// </summary>
public abstract record LatencyModel
{
    /// <summary>Our choice: no link takes longer than this, whatever the tail of the distribution says.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The smallest latency of any link; it is the width within which peers cannot influence each other.
    /// </summary>
    public TimeSpan Shortest { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Each message takes longer than the base by a share drawn from [0, this).</summary>
    public double JitterFraction { get; init; }

    /// <summary>
    /// Whether each message draws its own latency, as where queueing is all there is; else each link has one.
    /// </summary>
    public bool VariesPerMessage { get; init; }

    /// <summary>
    /// The latency, in milliseconds, below which a share <paramref name="unit"/> in (0, 1) of all links lie.
    /// </summary>
    protected abstract double QuantileMs(double unit);

    /// <summary>Whole microseconds, within [<see cref="Shortest"/>, <see cref="Longest"/>].</summary>
    public long QuantileMicroseconds(double unit)
    {
        var milliseconds = QuantileMs(unit);
        var shortest = Shortest.TotalMicroseconds;
        return (long)Math.Round(Math.Clamp(milliseconds * 1000, shortest, Longest.TotalMicroseconds));
    }
}

public sealed record ConstantLatency(double Ms) : LatencyModel
{
    protected override double QuantileMs(double unit) => Ms;
}

public sealed record UniformLatency(double FromMs, double ToMs) : LatencyModel
{
    protected override double QuantileMs(double unit) => FromMs + ((ToMs - FromMs) * unit);
}

public sealed record NormalLatency(double MeanMs, double SigmaMs) : LatencyModel
{
    protected override double QuantileMs(double unit) => MeanMs + (SigmaMs * StandardNormal.Quantile(unit));
}

/// <param name="Sigma">Of the logarithm.</param>
public sealed record LogNormalLatency(double MedianMs, double Sigma) : LatencyModel
{
    protected override double QuantileMs(double unit) => MedianMs * Math.Exp(Sigma * StandardNormal.Quantile(unit));
}

public sealed record ExponentialLatency(double MeanMs) : LatencyModel
{
    protected override double QuantileMs(double unit) => -MeanMs * Math.Log(1 - unit);
}

public sealed record WeibullLatency(double Shape, double ScaleMs) : LatencyModel
{
    protected override double QuantileMs(double unit) => ScaleMs * Math.Pow(-Math.Log(1 - unit), 1 / Shape);
}

/// <param name="ScaleMs">The smallest value.</param>
public sealed record ParetoLatency(double Shape, double ScaleMs) : LatencyModel
{
    protected override double QuantileMs(double unit) => ScaleMs * Math.Pow(1 - unit, -1 / Shape);
}

/// <summary>Values that were measured, each as likely as the others.</summary>
public sealed record EmpiricalLatency : LatencyModel
{
    private readonly double[] sortedMs;

    public EmpiricalLatency(ReadOnlySpan<double> samplesMs)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samplesMs.Length);
        sortedMs = samplesMs.ToArray();
        Array.Sort(sortedMs);
    }

    protected override double QuantileMs(double unit) => sortedMs[(int)(unit * sortedMs.Length)];
}
