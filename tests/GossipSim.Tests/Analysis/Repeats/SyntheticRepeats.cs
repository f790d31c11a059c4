using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace GossipSim.Tests.Analysis.Repeats;

/// <summary>Repeats of experiments whose truth is known.</summary>
internal sealed class SyntheticRepeats(int randomSeed)
{
    private readonly Xoshiro256StarStar random = new(randomSeed);

    public double[] Normal(int count, double mean, double deviation)
    {
        var values = new double[count];
        MathNet.Numerics.Distributions.Normal.Samples(random, values, mean, deviation);
        return values;
    }

    public double[] LogNormal(int count, double sigma)
    {
        var values = new double[count];
        MathNet.Numerics.Distributions.LogNormal.Samples(random, values, 0, sigma);
        return values;
    }
}
