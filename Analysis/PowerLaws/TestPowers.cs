namespace GossipSim.Analysis;

/// <summary>The power of the test against the rivals that matter.</summary>
/// <param name="AgainstBestRival">
/// The one of the exponential, the log-normal and the stretched exponential that explains the tail best by Akaike's
/// criterion (2 for each parameter, -2 ln L); degenerate ones are power laws themselves and left out. The law with a
/// cutoff is not asked: where its cutoff is weak it is a power law on the range of the data, and hard to draw from.
/// </param>
/// <param name="AgainstExponential">What no test should miss; the same as the best where that is the best.</param>
public sealed record TestPowers(TestPower AgainstBestRival, TestPower AgainstExponential)
{
    internal static TestPowers Of(ValueHistogram data, PowerLawFit fit, RivalLaws laws, PowerLawOptions options)
    {
        FittedRival[] rivals =
        [
            new(PowerRival.Exponential, laws.Exponential, 1, ExponentialRival.Fit),
            new(PowerRival.LogNormal, laws.LogNormal, 2, LogNormalRival.Fit),
            new(PowerRival.StretchedExponential, laws.StretchedExponential, 2, StretchedExponentialRival.Fit),
        ];
        var exponential = TestPower.Against(rivals[0], data, fit, options, Purpose.PowerAgainstExponential);
        FittedRival best = rivals
            .Where(each => !each.Law.Degenerate)
            .MinBy(each => each.Parameters - laws.Tail.LogLikelihood(each.Law))!;
        return new TestPowers(
            best == rivals[0] ? exponential : TestPower.Against(best, data, fit, options, Purpose.PowerAgainstBest),
            exponential);
    }
}
