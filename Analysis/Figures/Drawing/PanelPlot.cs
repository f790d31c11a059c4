using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GossipSim.Analysis;

/// <summary>Builds the plot of a panel: its axes, ticks, grid and series.</summary>
internal sealed class PanelPlot
{
    public const float FontSize = 13;

    /// <summary>A logarithmic axis of fewer decades writes out 1, 2 and 5; small fractions need fewer.</summary>
    private const double DecadesForPowers = 3;
    private const double DecadesForPowersOfFractions = 2;
    private const float TickSpacing = 24;

    /// <summary>Of a logarithmic axis that writes numbers out: as many of them as there is room for.</summary>
    private static readonly int[][] LabelledDigits = [[1, 2, 3, 5], [1, 2, 5], [1, 3], [1]];
    private const float LabelGap = 8;

    /// <summary>Names above their rows are longer than the figure's other labels.</summary>
    private const float NameSize = 12;

    /// <summary>The share of a row that a bar in it takes, beside its name and below it.</summary>
    private const double BarInRow = 0.56;
    private const double BarBelowName = 0.36;

    private readonly Panel panel;
    private readonly FigureTheme theme;

    /// <param name="area">About the size of the data area, in pixels.</param>
    /// <param name="sizeFactor">Scale of marks whose size has a meaning.</param>
    /// <param name="namesInside">Whether names of rows stand in the data area, above their rows.</param>
    public PanelPlot(Panel panel, FigureTheme theme, PixelSize area, double sizeFactor, bool namesInside)
    {
        (this.panel, this.theme) = (panel, theme);
        PlotPoint[] corners = [.. panel.Series.SelectMany(each => each.Corners)];
        X = AxisRange.Of(panel.X, corners.Select(corner => corner.X).Concat(panel.Markers.Select(mark => mark.X)));
        Y = AxisRange.Of(panel.Y, corners.Select(corner => corner.Y));
        Plot.FigureBackground.Color = Colors.Transparent;
        Plot.DataBackground.Color = theme.Paper;
        Plot.Axes.SetLimits(
            Position(panel.X, X.Minimum), Position(panel.X, X.Maximum),
            Position(panel.Y, panel.Y.Rows is null ? Y.Minimum : Y.Maximum),
            Position(panel.Y, panel.Y.Rows is null ? Y.Maximum : Y.Minimum));
        var unit = new PixelSize(area.Width / (X.Maximum - X.Minimum), area.Height / (Y.Maximum - Y.Minimum));
        var series = new SeriesPlottables(
            Plot, panel, theme, Y, unit, sizeFactor, namesInside ? BarBelowName : BarInRow);
        foreach (Series each in panel.Series) series.Add(each);
        Prepare(Plot.Axes.Bottom, panel.X, X, unit.Width, area.Width);
        Prepare(Plot.Axes.Left, panel.Y, Y, unit.Height, area.Height);
        if (namesInside && panel.Y.Rows is { } rows) NameInside(rows);
        ShowGrid();
    }

    public Plot Plot { get; } = new();

    private AxisRange X { get; }

    private AxisRange Y { get; }

    /// <summary>
    /// Where a value stands on a plot's axis: logarithms on a logarithmic axis, rows counted downward from the top.
    /// </summary>
    public static double Position(Axis axis, double value) => axis switch
    {
        { Rows: not null } => -value,
        { Scale: AxisScale.Logarithmic } => Math.Log10(Math.Max(value, 1e-12)),
        _ => value,
    };

    /// <param name="unit">Pixels of one unit of a linear axis.</param>
    /// <param name="length">Pixels of the axis.</param>
    private void Prepare(IAxis axis, Axis model, AxisRange range, float unit, float length)
    {
        axis.FrameLineStyle.Color = theme.Frame;
        axis.FrameLineStyle.Width = model.Hidden ? 0 : 1.2f;
        axis.MajorTickStyle.Color = axis.MinorTickStyle.Color = theme.Frame;
        axis.MajorTickStyle.Length = 6;
        axis.MinorTickStyle.Length = 3.5f;
        axis.TickLabelStyle.ForeColor = theme.Ink;
        axis.TickLabelStyle.FontSize = FontSize;
        axis.Label.Text = model.Hidden ? "" : model.Label;
        axis.Label.ForeColor = theme.Ink;
        axis.Label.FontSize = FontSize;
        axis.Label.Bold = false;
        axis.TickGenerator = model.Rows is not { } rows
            ? Ticks(model, range, length, Room)
            : RowTicks(model, rows, unit, rows.Select(Room).DefaultIfEmpty().Max());

        float Room(string label) => axis.Edge == Edge.Left ? FontSize : TextBlock.Width(label, FontSize);
    }

    private void NameInside(IReadOnlyList<string> rows)
    {
        Plot.Axes.Left.TickGenerator = new EmptyTickGenerator();
        for (int row = 0; row < rows.Count; row++)
        {
            var name = Plot.Add.Text(rows[row], Plot.Axes.GetLimits().Left, Position(panel.Y, row - 0.5));
            name.LabelStyle.FontSize = NameSize;
            name.LabelStyle.ForeColor = theme.Soft;
            (name.OffsetX, name.OffsetY) = (6, 2);
        }
    }

    private void ShowGrid()
    {
        if (panel.X.Hidden)
        {
            Plot.HideGrid();
            return;
        }
        Plot.Grid.MajorLineColor = theme.Grid;
        Plot.Grid.MinorLineColor = theme.FineGrid;
        Plot.Grid.MinorLineWidth = 1;
        Plot.Grid.XAxisStyle.MinorLineStyle.Width = panel.X.Scale == AxisScale.Logarithmic ? 1 : 0;
        Plot.Grid.YAxisStyle.MinorLineStyle.Width = panel.Y.Scale == AxisScale.Logarithmic ? 1 : 0;
    }

    /// <summary>A tick with a name for each row, or for every second, third, ... where names need more room.</summary>
    private static NumericManual RowTicks(Axis axis, IReadOnlyList<string> rows, float unit, float length)
    {
        int stride = Math.Max(1, (int)Math.Ceiling((length + LabelGap) / unit));
        var ticks = new NumericManual();
        for (int row = 0; row < rows.Count; row++)
            ticks.AddMajor(Position(axis, row), row % stride == 0 ? rows[row] : "");
        return ticks;
    }

    /// <param name="length">Pixels of the axis.</param>
    /// <param name="room">Pixels that a label takes along the axis.</param>
    private static ITickGenerator Ticks(
        Axis axis, AxisRange range, float length, Func<string, float> room) => axis switch
    {
        { Hidden: true } => new EmptyTickGenerator(),
        { Scale: AxisScale.Logarithmic } => LogarithmicTicks(axis, range, length, room),
        _ => LinearTicks(axis),
    };

    public static NumericAutomatic LinearTicks(Axis axis) => new()
    {
        IntegerTicksOnly = axis.WholeNumbers,
        LabelFormatter = value => axis.Percent ? Plain(100 * value) + "\u00a0%" : Plain(value),
        MinorTickGenerator = new EvenlySpacedMinorTickGenerator(1),
        MinimumTickSpacing = TickSpacing,
    };

    private static ITickGenerator LogarithmicTicks(
        Axis axis, AxisRange range, float length, Func<string, float> room)
    {
        double decades = Math.Log10(range.Maximum / range.Minimum);
        if (decades >= (range.Minimum >= 0.1 ? DecadesForPowers : DecadesForPowersOfFractions))
            return new NumericAutomatic
            {
                IntegerTicksOnly = true,
                LabelFormatter = PowerOfTen,
                MinorTickGenerator = new LogDecadeMinorTickGenerator { TicksPerDecade = 10 },
                MinimumTickSpacing = TickSpacing,
            };

        double[] values =
        [
            .. Enumerable.Range((int)Math.Floor(Math.Log10(range.Minimum)), (int)decades + 2)
                .SelectMany(decade => Enumerable.Range(1, 9).Select(digit => digit * Math.Pow(10, decade)))
                .Where(value => value >= range.Minimum && value <= range.Maximum),
        ];
        double[] labelled = LabelledDigits
            .Select(digits => values.Where(value => digits.Contains(FirstDigit(value))).ToArray())
            .FirstOrDefault(chosen => AreApart(chosen, length / decades, room)) ?? [];
        var ticks = new NumericManual();
        foreach (double value in values)
        {
            if (labelled.Contains(value)) ticks.AddMajor(Position(axis, value), Plain(value));
            else ticks.AddMinor(Position(axis, value));
        }
        return ticks;
    }

    private static int FirstDigit(double value) =>
        (int)Math.Round(value / Math.Pow(10, Math.Floor(Math.Log10(value) + 1e-9)));

    /// <param name="decade">Pixels of a factor of ten.</param>
    private static bool AreApart(double[] ascending, double decade, Func<string, float> room) =>
        ascending.Zip(ascending.Skip(1)).All(pair => decade * Math.Log10(pair.Second / pair.First)
            >= (room(Plain(pair.First)) + room(Plain(pair.Second))) / 2 + LabelGap);

    /// <summary>10 with a raised exponent.</summary>
    public static string PowerOfTen(double exponent) => "10" + string.Concat(
        Math.Round(exponent).ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '\u207b' : c switch
        {
            '1' => '\u00b9',
            '2' => '\u00b2',
            '3' => '\u00b3',
            _ => (char)('\u2070' + (c - '0')),
        }));

    private static string Plain(double value) =>
        Math.Abs(value) < 1e-12 ? "0" : value.ToString("#,0.######", CultureInfo.InvariantCulture);
}
