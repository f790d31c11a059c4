using System.Runtime.CompilerServices;

namespace GossipSim.Analysis;

/// <summary>Binomial draws in constant expected time, whatever the number of trials.</summary>
internal static class BinomialSampler
{
    /// <summary>Below this mean, stepping through the distribution is faster than rejection (Hoermann 1993).</summary>
    private const double RejectionFromMean = 10;

    /// <summary>
    /// Each try is accepted with a chance of more than a half, so this limit is never reached by chance; the mode is
    /// what is returned there.
    /// </summary>
    private const int MostTries = 1_000;

    public static int Draw(int trials, double probability, ref CounterRandom random)
    {
        // A probability that is not a number draws nothing.
        if (trials <= 0 || !(probability > 0)) return 0;
        if (probability >= 1) return trials;
        if (probability > 0.5) return trials - Draw(trials, 1 - probability, ref random);
        return trials * probability < RejectionFromMean
            ? DrawByInversion(trials, probability, ref random)
            : DrawByRejection(trials, probability, ref random);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static int DrawByInversion(int trials, double probability, ref CounterRandom random)
    {
        double odds = probability / (1 - probability);
        double mass = Math.Exp(trials * NearZero.LogP1(-probability));
        double left = random.NextDouble();
        int successes = 0;
        // Rounding may leave a rest when no mass is left.
        while (left > mass && successes < trials && mass > 0)
        {
            left -= mass;
            successes++;
            mass *= odds * (trials - successes + 1) / successes;
        }
        return successes;
    }

    /// <summary>
    /// Transformed rejection with squeeze, algorithm BTRS of W. Hoermann, "The generation of binomial random
    /// variates", J. Stat. Comput. Simul. 46 (1993); the constants are the paper's.
    /// </summary>
    [MethodImpl(Compiled.AtOnce)]
    private static int DrawByRejection(int trials, double probability, ref CounterRandom random)
    {
        double mean = trials * probability;
        double deviation = Math.Sqrt(mean * (1 - probability));
        double b = 1.15 + 2.53 * deviation;
        double a = -0.0873 + 0.0248 * b + 0.01 * probability;
        double squeeze = 0.92 - 4.2 / b;
        double scale = (2.83 + 5.1 / b) * deviation;
        double mode = Math.Floor((trials + 1) * probability);
        double logOdds = Math.Log(probability / (1 - probability));
        double modeTerm = LogFactorial(mode) + LogFactorial(trials - mode);
        for (int tries = 0; tries < MostTries; tries++)
        {
            double u = random.NextDouble() - 0.5;
            double v = random.NextDouble();
            double distance = 0.5 - Math.Abs(u);
            double k = Math.Floor((2 * a / distance + b) * u + mean + 0.5);
            if (k < 0 || k > trials) continue;
            if (distance >= 0.07 && v <= squeeze) return (int)k;

            double height = Math.Log(v * scale / (a / (distance * distance) + b));
            double logRatio = modeTerm - LogFactorial(k) - LogFactorial(trials - k) + (k - mode) * logOdds;
            if (height <= logRatio) return (int)k;
        }
        return (int)mode;
    }

    /// <summary>ln k! by Stirling's series, from a table where the series is not exact yet.</summary>
    private static double LogFactorial(double k)
    {
        if (k < SmallLogFactorials.Length) return SmallLogFactorials[(int)k];

        double x = k + 1, inverse = 1 / x, square = inverse * inverse;
        double correction = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
        return (x - 0.5) * Math.Log(x) - x + HalfLogTwoPi + correction;
    }

    private const double HalfLogTwoPi = 0.91893853320467274178;

    private static readonly double[] SmallLogFactorials = MakeSmallLogFactorials();

    private static double[] MakeSmallLogFactorials()
    {
        var table = new double[16];
        for (int k = 2; k < table.Length; k++) table[k] = table[k - 1] + Math.Log(k);
        return table;
    }
}
