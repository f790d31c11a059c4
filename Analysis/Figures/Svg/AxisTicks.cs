using System.Globalization;

namespace GossipSim.Analysis;

/// <summary>One tick: where, and its label or power of ten; a minor one has neither.</summary>
internal readonly record struct AxisTick(double Value, string? Label, int? PowerOfTen = null)
{
    public bool IsMajor => Label != null || PowerOfTen != null;
}

/// <summary>Chooses readable ticks for a range.</summary>
internal static class AxisTicks
{
    private const double DecadesForPowers = 2;
    private const double DecadesForPowersOfCounts = 3;
    private const double SmallestPlainNumber = 0.1;
    private const double LabelsForThreeBelow = 30;

    public static IReadOnlyList<AxisTick> Of(Axis axis, double minimum, double maximum, int wanted) => axis switch
    {
        { Hidden: true } => [],
        { Rows: { } rows } => [.. rows.Select((row, index) => new AxisTick(index, row))],
        { Scale: AxisScale.Logarithmic } => Logarithmic(minimum, maximum),
        _ => Linear(minimum, maximum, wanted, axis),
    };

    /// <summary>1, 2, 2.5 or 5 times a power of ten that gives about the wanted intervals.</summary>
    public static double NiceStep(double range, int wanted)
    {
        double rough = range / wanted;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double lead = rough / power;
        double nice = lead <= 1.2 ? 1 : lead <= 2.2 ? 2 : lead <= 3.5 ? 2.5 : lead <= 7 ? 5 : 10;
        return nice * power;
    }

    private static List<AxisTick> Linear(double minimum, double maximum, int wanted, Axis axis)
    {
        double step = NiceStep(maximum - minimum, wanted);
        if (axis.WholeNumbers) step = Math.Max(1, Math.Ceiling(step));
        var ticks = new List<AxisTick>();
        for (double i = Math.Ceiling(minimum / step - 1e-9); i * step <= maximum + 1e-9 * step; i++)
            ticks.Add(new AxisTick(i * step, axis.Percent ? Plain(100 * i * step) + " %" : Plain(i * step)));
        return ticks;
    }

    /// <summary>
    /// Powers of ten with unlabelled 2..9 between them; over a short range 1, 2, 5 are written out instead, for one
    /// lonely power of ten would say little. Small fractions are harder to read written out than counts are.
    /// </summary>
    private static List<AxisTick> Logarithmic(double minimum, double maximum)
    {
        double limit = minimum >= SmallestPlainNumber ? DecadesForPowersOfCounts : DecadesForPowers;
        bool powers = Math.Log10(maximum / minimum) >= limit;
        bool narrow = maximum / minimum < LabelsForThreeBelow;
        var ticks = new List<AxisTick>();
        int last = (int)Math.Ceiling(Math.Log10(maximum));
        for (int decade = (int)Math.Floor(Math.Log10(minimum)); decade <= last; decade++)
        {
            for (int digit = 1; digit <= 9; digit++)
            {
                double value = digit * Math.Pow(10, decade);
                if (value < minimum * (1 - 1e-9) || value > maximum * (1 + 1e-9)) continue;
                bool labelled = digit is 1 or 2 or 5 || (narrow && digit == 3);
                if (powers) ticks.Add(new AxisTick(value, null, digit == 1 ? decade : null));
                else ticks.Add(new AxisTick(value, labelled ? Plain(value) : null));
            }
        }
        return ticks;
    }

    private static string Plain(double value) =>
        Math.Abs(value) < 1e-12 ? "0" : value.ToString("#,0.######", CultureInfo.InvariantCulture);
}
