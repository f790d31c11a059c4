using System.Globalization;
using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// A TCP run held against its simulation. All receipts say how far apart the two are; the test is made on one value a
/// message, its median, because receipts of one message share its way and are anything but independent: counted one by
/// one they would make any difference "significant".
/// </summary>
internal static class ComparisonWithSimulation
{
    /// <summary>The usual level.</summary>
    private const double Significant = 0.05;

    /// <summary>Our choice: fewer messages show nothing but the greatest differences.</summary>
    private const int FewMessages = 20;

    public static ToSimulationSummary? Of(
        SampleDistance? receipts, IReadOnlyList<double> real, IReadOnlyList<double> simulated)
    {
        if (receipts is null) return null;
        var test = real.Count == 0 || simulated.Count == 0
            ? null
            : TwoSampleTest.KolmogorovSmirnov([.. real], [.. simulated]);
        return new ToSimulationSummary
        {
            ReceiptsKs = receipts.KolmogorovSmirnov,
            MedianShiftMs = receipts.MedianShift,
            Messages = real.Count,
            SimulatedMessages = simulated.Count,
            MessagesKs = test?.Distance,
            PValue = test?.PValue,
            PValueIs = test is null ? null : test.IsExact ? "exact" : "asymptotic",
            Reading = Reading(test, receipts, real.Count, simulated.Count),
        };
    }

    private static string Reading(TwoSampleTest? test, SampleDistance receipts, int real, int simulated)
    {
        if (test is null) return "No message was received by flooding on both networks: there is nothing to compare.";
        var p = test.PValue < 0.001
            ? "p < 0.001"
            : string.Create(CultureInfo.InvariantCulture, $"p = {test.PValue:F3}");
        var found = test.PValue < Significant
            ? $"The medians of {Numbers.Count(real)} real and {Numbers.Count(simulated)} simulated messages differ by "
                + $"more than chance ({p}). How much they differ is the distance, not p: "
            : $"No difference shown between the medians of {Numbers.Count(real)} real and {Numbers.Count(simulated)} "
                + $"simulated messages ({p}), which is no proof that there is none"
                + (Math.Min(real, simulated) < FewMessages ? ", the less with so few messages: " : ": ");
        var shift = Numbers.Milliseconds(Math.Abs(receipts.MedianShift));
        return found + string.Create(CultureInfo.InvariantCulture, $"KS distance {test.Distance:F3} between messages, ")
            + string.Create(CultureInfo.InvariantCulture, $"{receipts.KolmogorovSmirnov:F3} between all receipts, ")
            + $"medians {shift} apart. Messages count, not receipts, which depend on each other; messages of one run "
            + "still share its overlay, so p speaks of these two runs.";
    }
}
