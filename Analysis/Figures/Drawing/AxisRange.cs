namespace GossipSim.Analysis;

/// <summary>The range of values that one axis shows, in the units of the data.</summary>
internal readonly record struct AxisRange(double Minimum, double Maximum)
{
    private const double LinearRoom = 0.03;
    private const double LogRoom = 0.04;

    /// <summary>The range of the data plus a small margin, unless the axis states its own limits.</summary>
    public static AxisRange Of(Axis axis, IEnumerable<double> data)
    {
        if (axis.Rows is { } rows) return new AxisRange(-0.6, Math.Max(rows.Count, 1) - 0.4);
        bool logarithmic = axis.Scale == AxisScale.Logarithmic;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in data)
        {
            if (!double.IsFinite(value) || (logarithmic && value <= 0)) continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        if (low > high) (low, high) = logarithmic ? (1, 10) : (0, 1);
        if (low == high) (low, high) = logarithmic ? (low / 2, high * 2) : (low - 0.5, high + 0.5);

        double room = logarithmic ? Math.Pow(high / low, LogRoom) : (high - low) * LinearRoom;
        double minimum = axis.Minimum ?? (logarithmic ? low / room : low - room);
        double maximum = axis.Maximum ?? (logarithmic ? high * room : high + room);
        if (maximum <= minimum) maximum = logarithmic ? minimum * 10 : minimum + 1;
        return new AxisRange(minimum, maximum);
    }
}
