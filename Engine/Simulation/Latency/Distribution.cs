namespace GossipSim.Engine.Simulation;

/// <summary>
/// A distribution of numbers, in whatever unit its parameters have, as the inverse of its distribution function: one
/// uniform number makes one draw, so that a draw can be a pure function of what it belongs to.
/// </summary>
public abstract record Distribution
{
    /// <summary>
    /// The value below which a share <paramref name="unit"/> of all draws lies. Never NaN; infinite or negative only
    /// where the distribution is.
    /// </summary>
    /// <param name="unit">In the open interval (0, 1), as <see cref="Protocol.Mix64.ToUnit"/> makes it.</param>
    public abstract double Quantile(double unit);
}

public sealed record ConstantDistribution(double Value) : Distribution
{
    public override double Quantile(double unit) => Value;
}

public sealed record UniformDistribution(double From, double To) : Distribution
{
    public override double Quantile(double unit) => From + ((To - From) * unit);
}

public sealed record NormalDistribution(double Mean, double Sigma) : Distribution
{
    public override double Quantile(double unit) => Mean + (Sigma * StandardNormal.Quantile(unit));
}

/// <param name="Sigma">Of the logarithm.</param>
public sealed record LogNormalDistribution(double Median, double Sigma) : Distribution
{
    public override double Quantile(double unit) => Median * Math.Exp(Sigma * StandardNormal.Quantile(unit));
}

public sealed record ExponentialDistribution(double Mean) : Distribution
{
    public override double Quantile(double unit) => -Mean * Math.Log(1 - unit);
}

public sealed record WeibullDistribution(double Shape, double Scale) : Distribution
{
    public override double Quantile(double unit) => Scale * Math.Pow(-Math.Log(1 - unit), 1 / Shape);
}

/// <param name="Scale">The smallest value.</param>
public sealed record ParetoDistribution(double Shape, double Scale) : Distribution
{
    public override double Quantile(double unit) => Scale * Math.Pow(1 - unit, -1 / Shape);
}

/// <summary>Mean Shape x Scale.</summary>
public sealed record GammaDistribution(double Shape, double Scale) : Distribution
{
    public override double Quantile(double unit) => Scale * StandardGamma.Quantile(Shape, unit);
}

/// <summary>Values that were measured, each as likely as the others.</summary>
public sealed record EmpiricalDistribution : Distribution
{
    private readonly double[] sorted;

    /// <exception cref="ArgumentOutOfRangeException">There are no samples.</exception>
    public EmpiricalDistribution(ReadOnlySpan<double> samples)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        sorted = samples.ToArray();
        Array.Sort(sorted);
    }

    public override double Quantile(double unit) => sorted[(int)(unit * sorted.Length)];
}
