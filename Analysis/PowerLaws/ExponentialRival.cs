namespace GossipSim.Analysis;

/// <summary>
/// The discrete exponential (geometric) law p(x) = (1 - e^-lambda) e^-lambda(x - xmin), whose maximum likelihood
/// has the closed form lambda = ln(1 + 1/(mean - xmin)).
/// </summary>
internal static class ExponentialRival
{
    public static double Rate(double meanExcess) => NearZero.LogP1(1 / meanExcess);

    public static RivalLaw Fit(PowerLawTail tail)
    {
        double rate = Rate(tail.MeanExcess);
        double logMass = Math.Log(-NearZero.ExpM1(-rate));
        return new RivalLaw(
            tail.PerValue(x => logMass - rate * (x - tail.Xmin)),
            Degenerate: false,
            x => Math.Exp(-rate * (x - tail.Xmin)));
    }
}
