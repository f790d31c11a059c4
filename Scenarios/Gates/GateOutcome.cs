namespace GossipSim.Scenarios.Gates;

/// <summary>A gate and what came of it.</summary>
/// <param name="A">Mean of A.</param>
/// <param name="Limit">What B is held against: A and the bound.</param>
/// <param name="Low">Of the interval of the true value of B less the limit; null when there are too few runs.</param>
/// <param name="Reason">In a sentence, with metric, values and bound.</param>
internal sealed record GateOutcome(
    string Gate, string Metric, string Unit, GateVerdict Verdict, double? A, double? B, double? Limit, double? Low,
    double? High, string Reason)
{
    public string VerdictInWords => Verdict switch
    {
        GateVerdict.Passed => "passed",
        GateVerdict.Failed => "FAILED",
        GateVerdict.Inconclusive => "inconclusive",
        _ => "not measured",
    };

    public string InWords => $"Gate {VerdictInWords}: {Gate}. {Reason}";
}
