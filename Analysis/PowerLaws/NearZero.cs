namespace GossipSim.Analysis;

/// <summary>
/// ln(1 + x) and e^x - 1 to the last digits also where x is small, which those of the runtime are not: they round 1 + x
/// first. W. Kahan's way: what rounding did to the argument is undone by the quotient.
/// </summary>
internal static class NearZero
{
    public static double LogP1(double x)
    {
        double sum = 1 + x;
        double added = sum - 1;
        return added == 0 || double.IsInfinity(sum) ? x : Math.Log(sum) * (x / added);
    }

    public static double ExpM1(double x)
    {
        double power = Math.Exp(x);
        if (power == 1) return x;
        double less = power - 1;
        return less == -1 || double.IsInfinity(power) ? less : less * (x / Math.Log(power));
    }
}
