namespace GossipSim.Scenarios.Results;

/// <summary>How messages of the measured part travelled, and what that cost.</summary>
internal sealed record PropagationSummary
{
    /// <summary>First receipts by flooding, by the number of links crossed.</summary>
    public required IReadOnlyList<HopRow> ByHop { get; init; }

    /// <summary>
    /// Of each message the hops of the receipt that came last: how many links its flood took to reach everybody.
    /// </summary>
    [Unit("hops")]
    public required LastHopSummary LastDeliveryHop { get; init; }

    /// <summary>
    /// Relative message redundancy (Leitao, Pereira, Rodrigues 2007): copies received for each one that was new, less
    /// that one. It is <c>gossip.redundancy</c> less 1.
    /// </summary>
    public double? RelativeRedundancy { get; init; }

    /// <summary>
    /// The same as flooding has it on the overlays in which the messages were published: 2E/(N-1) - 2, for everybody
    /// but the origin passes a message to all neighbors but one.
    /// </summary>
    public double? RelativeRedundancyOfFlooding { get; init; }
}

/// <param name="Hops">Links crossed from the origin.</param>
internal sealed record HopRow(int Hops, long Receipts, DurationSummary LatencyMs);

internal sealed record LastHopSummary
{
    public double? Mean { get; init; }
    public double? P50 { get; init; }
    public int? Max { get; init; }
}

/// <summary>A TCP run held against a simulation with the link latencies that it measured.</summary>
internal sealed record ToSimulationSummary
{
    /// <summary>Largest gap between the two distributions of all receipts, from 0 to 1.</summary>
    [Unit("KS distance")]
    public required double ReceiptsKs { get; init; }

    /// <summary>Median of the simulated receipts less that of the real ones.</summary>
    public required double MedianShiftMs { get; init; }

    [Unit("messages")]
    public required int Messages { get; init; }
    [Unit("messages")]
    public required int SimulatedMessages { get; init; }

    /// <summary>Largest gap between the distributions of the messages' median latencies.</summary>
    [Unit("KS distance")]
    public double? MessagesKs { get; init; }

    /// <summary>Of the two-sample Kolmogorov-Smirnov test on the messages' medians.</summary>
    [Unit("probability")]
    public double? PValue { get; init; }

    /// <summary>exact or asymptotic.</summary>
    public string? PValueIs { get; init; }

    /// <summary>What that means, in words.</summary>
    public required string Reading { get; init; }
}
