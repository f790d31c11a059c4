using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// Which values each cell of a sweep has. Both designs are pure functions of the settings and the random seed: nobody
/// has to have drawn the other cells before.
/// </summary>
internal static class CellDesign
{
    private const ulong OrderStream = 0x73776565706F7264UL;
    private const ulong PlaceStream = 0x7377656570706C63UL;

    /// <summary>Our choice: no sweep needs finer steps, and 0.1 + 0.2 is 0.3 again.</summary>
    private const string Digits = "G12";

    /// <summary>For each cell its values, in the order of the parameters.</summary>
    public static IReadOnlyList<IReadOnlyList<ExpectedValue>> Of(SweepSettings sweep, long randomSeed) =>
        sweep.Design == SweepDesign.Grid ? Grid(sweep) : LatinHypercube(sweep, randomSeed);

    /// <summary>The values of a grid's parameter.</summary>
    public static IReadOnlyList<ExpectedValue> Levels(SweepParameter parameter)
    {
        if (parameter.Values is { } values) return values;
        var last = parameter.Steps!.Value - 1;
        return [.. Enumerable.Range(0, last + 1).Select(step => At(parameter, (double)step / last)).Distinct()];
    }

    /// <summary>Every combination; the last parameter changes fastest.</summary>
    private static List<IReadOnlyList<ExpectedValue>> Grid(SweepSettings sweep)
    {
        List<IReadOnlyList<ExpectedValue>> cells = [[]];
        foreach (var parameter in sweep.Parameters)
        {
            var levels = Levels(parameter);
            cells =
            [
                .. cells.SelectMany(_ => levels, (cell, level) => (IReadOnlyList<ExpectedValue>)[.. cell, level]),
            ];
        }

        return cells;
    }

    /// <summary>
    /// McKay, Beckman and Conover 1979: the range of each parameter is cut into as many strata as there are cells, and
    /// each stratum is used once. The order of strata is that of hashes, so it needs no shuffling.
    /// </summary>
    private static List<IReadOnlyList<ExpectedValue>> LatinHypercube(SweepSettings sweep, long randomSeed)
    {
        var cells = sweep.Samples!.Value;
        var columns = sweep.Parameters.Select((parameter, column) =>
        {
            var (order, place) = (Mix64.Of((ulong)randomSeed, OrderStream, (ulong)column),
                Mix64.Of((ulong)randomSeed, PlaceStream, (ulong)column));
            var values = new ExpectedValue[cells];
            var stratum = 0;
            foreach (var cell in Enumerable.Range(0, cells).OrderBy(cell => Mix64.Of(order, (ulong)cell)))
                values[cell] = At(parameter, (stratum++ + Share(Mix64.Of(place, (ulong)cell))) / cells);
            return values;
        }).ToList();
        return [.. Enumerable.Range(0, cells).Select(cell =>
            (IReadOnlyList<ExpectedValue>)[.. columns.Select(column => column[cell])])];
    }

    /// <summary>From 0 up to 1, which it never is: 53 bits are what a double holds.</summary>
    private static double Share(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    private static ExpectedValue At(SweepParameter parameter, double share)
    {
        var (from, to) = (parameter.From!.Value, parameter.To!.Value);
        var value = parameter.Scale == ParameterScale.Linear
            ? from + ((to - from) * share)
            : from * Math.Pow(to / from, share);
        if (parameter.WholeNumbers) value = Math.Round(value, MidpointRounding.AwayFromZero);
        return ExpectedValue.Of(
            double.Parse(value.ToString(Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }
}
