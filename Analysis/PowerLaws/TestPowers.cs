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
        var exponential = TestPower.Against(
            PowerRival.Exponential, laws.Exponential.AtLeast!, data, fit, options, Purpose.PowerAgainstExponential);
        (PowerRival Rival, RivalLaw Law, int Parameters)[] rivals =
        [
            (PowerRival.Exponential, laws.Exponential, 1),
            (PowerRival.LogNormal, laws.LogNormal, 2),
            (PowerRival.StretchedExponential, laws.StretchedExponential, 2),
        ];
        (PowerRival Rival, RivalLaw Law, int Parameters) best = rivals
            .Where(each => !each.Law.Degenerate)
            .MinBy(each => each.Parameters - laws.Tail.LogLikelihood(each.Law));
        return new TestPowers(
            best.Rival == PowerRival.Exponential
                ? exponential
                : TestPower.Against(
                    best.Rival, best.Law.AtLeast!, data, fit, options, Purpose.PowerAgainstBest),
            exponential);
    }
}
