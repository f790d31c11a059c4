namespace GossipSim.Analysis;

/// <summary>Where the values of one axis fall between two pixel positions.</summary>
internal sealed class AxisRange
{
    private const double LinearRoom = 0.03;
    private const double LogRoom = 0.04;

    private readonly bool logarithmic;
    private readonly double from;
    private readonly double to;

    private AxisRange(Axis axis, double minimum, double maximum, double from, double to)
    {
        logarithmic = axis.Scale == AxisScale.Logarithmic;
        Minimum = minimum;
        Maximum = maximum;
        this.from = from;
        this.to = to;
    }

    public double Minimum { get; }

    public double Maximum { get; }

    /// <summary>The data with a little room around them, unless the axis says otherwise.</summary>
    public static AxisRange Of(Axis axis, IEnumerable<double> data, double from, double to)
    {
        bool logarithmic = axis.Scale == AxisScale.Logarithmic;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in data)
        {
            if (!double.IsFinite(value) || (logarithmic && value <= 0)) continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        if (low > high) (low, high) = logarithmic ? (1, 10) : (0, 1);
        if (axis.Rows is { } rows) (low, high) = (-0.6, Math.Max(rows.Count, 1) - 0.4);
        if (low == high) (low, high) = logarithmic ? (low / 2, high * 2) : (low - 0.5, high + 0.5);

        double room = logarithmic ? Math.Pow(high / low, LogRoom) : (high - low) * LinearRoom;
        if (axis.Rows != null) room = 0;
        double minimum = axis.Minimum ?? (logarithmic ? low / room : low - room);
        double maximum = axis.Maximum ?? (logarithmic ? high * room : high + room);
        if (maximum <= minimum) maximum = logarithmic ? minimum * 10 : minimum + 1;
        return new AxisRange(axis, minimum, maximum, from, to);
    }

    /// <summary>The pixel of a value; on a logarithmic axis what is not positive lies far outside.</summary>
    public double Pixel(double value)
    {
        double share = logarithmic
            ? Math.Log(Math.Max(value, Minimum * 1e-6) / Minimum) / Math.Log(Maximum / Minimum)
            : (value - Minimum) / (Maximum - Minimum);
        return from + share * (to - from);
    }
}
