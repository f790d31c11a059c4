using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// How long messages take on links. A link's base latency is a pure function of its two ends and one uniform number
/// that belongs to the link, so nothing need be stored and one change does not shift another link.
/// </summary>
public abstract record LatencyModel
{
    /// <summary>Our choice: no link takes longer than this, whatever the tail of the distribution says.</summary>
    public const double LongestMs = 60_000;

    private const double LongestMicroseconds = LongestMs * 1000;

    // Asked for with every message.
    private readonly double shortest = 1000;

    /// <summary>
    /// The smallest latency of any link; it is the width within which peers cannot influence each other.
    /// </summary>
    public TimeSpan Shortest
    {
        get => TimeSpan.FromMicroseconds(shortest);
        init => shortest = value.TotalMicroseconds;
    }

    /// <summary>Each message takes longer than the base by a share drawn from [0, this).</summary>
    public double JitterFraction { get; init; }

    /// <summary>
    /// Whether each message draws its own latency, as where queueing is all there is; else each link has one.
    /// </summary>
    public bool VariesPerMessage { get; init; }

    /// <summary>
    /// No link takes less than this, in microseconds. The more, the wider are the windows in which nodes can be handed
    /// their inputs apart from each other.
    /// </summary>
    public virtual long SmallestMicroseconds => (long)shortest;

    /// <summary>The one-way latency in milliseconds, before the limits.</summary>
    /// <param name="from">Index of the sender in the address plan.</param>
    /// <param name="to">Index of the receiver.</param>
    /// <param name="unit">In (0, 1); the same for both directions of a link, and as good as random.</param>
    protected abstract double BaseMs(int from, int to, double unit);

    /// <summary>
    /// The one-way latency in whole microseconds, within [<see cref="Shortest"/>, <see cref="LongestMs"/>].
    /// </summary>
    /// <inheritdoc cref="BaseMs"/>
    public long BaseMicroseconds(int from, int to, double unit)
    {
        var microseconds = BaseMs(from, to, unit) * 1000;
        return double.ConvertToIntegerNative<long>(Math.Round(Math.Clamp(microseconds, shortest, LongestMicroseconds)));
    }

    /// <summary>What one message takes on a link, in microseconds.</summary>
    /// <param name="unit">In [0, 1): the message's own draw.</param>
    public long Jittered(long baseMicroseconds, double unit) =>
        baseMicroseconds + (long)(baseMicroseconds * JitterFraction * unit);
}

/// <summary>Each link draws its latency, the same in both directions, whoever its ends are.</summary>
/// <param name="Ms">In milliseconds.</param>
public record DrawnLatency(Distribution Ms) : LatencyModel
{
    public sealed override long SmallestMicroseconds => BaseMicroseconds(0, 0, Mix64.ToUnit(0));

    protected sealed override double BaseMs(int from, int to, double unit) => Ms.Quantile(unit);
}

/// <summary>All links are of one length.</summary>
public sealed record ConstantLatency(double Milliseconds) : DrawnLatency(new ConstantDistribution(Milliseconds));

/// <summary>All lengths between two are equally likely.</summary>
public sealed record UniformLatency(double FromMs, double ToMs) : DrawnLatency(new UniformDistribution(FromMs, ToMs));
