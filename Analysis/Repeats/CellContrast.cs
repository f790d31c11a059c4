using MathNet.Numerics.LinearAlgebra;

namespace GossipSim.Analysis;

/// <summary>
/// A question to the cells of an experiment as a weighted sum of their values: a difference of means, an interaction, a
/// slope. Asked of each repeat by itself, where all cells share their chances (common random numbers), it gives one
/// number a repeat, and the spread that the cells have in common is gone (Law, Simulation Modeling and Analysis,
/// sections 11.2 and 12.2).
/// </summary>
public sealed class CellContrast
{
    /// <summary>Thirds do not add up to one: what is so small beside its parts is nothing.</summary>
    private const double RoundingShare = 1e-12;

    private readonly double[] weights;

    private CellContrast(double[] weights) => this.weights = weights;

    /// <summary>The mean of the cells at the level <paramref name="to"/> less that of the cells at the other.</summary>
    /// <param name="levels">Of each cell.</param>
    public static CellContrast MainEffect(IReadOnlyList<int> levels, int from, int to)
    {
        var (ofFrom, ofTo) = (levels.Count(level => level == from), levels.Count(level => level == to));
        return new CellContrast(
            [.. levels.Select(level => level == to ? 1.0 / ofTo : level == from ? -1.0 / ofFrom : 0)]);
    }

    /// <summary>
    /// How much more the step of one factor does at the last level of the other than at its first; both steps are from
    /// level 0 to the last.
    /// </summary>
    public static CellContrast Interaction(IReadOnlyList<int> levels, IReadOnlyList<int> otherLevels)
    {
        var (last, otherLast) = (levels.Max(), otherLevels.Max());
        var signs = levels.Zip(otherLevels, (a, b) => Sign(a, last) * Sign(b, otherLast)).ToArray();
        var corners = Math.Max(1, signs.Count(sign => sign != 0) / 4);
        return new CellContrast([.. signs.Select(sign => (double)sign / corners)]);
    }

    /// <summary>
    /// The slope of the plane of least squares along one coordinate; with coordinates from 0 to 1 this is what the
    /// whole range of it does.
    /// </summary>
    /// <param name="coordinates">For each cell one number a parameter.</param>
    /// <returns>Null when the cells do not tell the parameters apart.</returns>
    public static CellContrast? Slope(IReadOnlyList<IReadOnlyList<double>> coordinates, int parameter)
    {
        var cells = coordinates.Count;
        var design = Matrix<double>.Build.Dense(
            cells, coordinates[0].Count + 1, (row, column) => column == 0 ? 1 : coordinates[row][column - 1]);
        var normal = design.TransposeThisAndMultiply(design);
        if (cells < design.ColumnCount || normal.Rank() < design.ColumnCount) return null;
        var solved = normal.Solve(design.Transpose());
        return new CellContrast(solved.Row(parameter + 1).ToArray());
    }

    /// <summary>One number for each repeat in which no cell that counts lacks its value.</summary>
    /// <param name="values">For each cell its repeats; not a number where a repeat has none.</param>
    public IReadOnlyList<double> Of(IReadOnlyList<IReadOnlyList<double>> values)
    {
        var asked = new List<double>();
        for (var repeat = 0; repeat < values[0].Count; repeat++)
        {
            double sum = 0, size = 0;
            for (var cell = 0; cell < weights.Length; cell++)
            {
                if (weights[cell] == 0) continue;
                var part = weights[cell] * values[cell][repeat];
                sum += part;
                size += Math.Abs(part);
            }

            if (double.IsFinite(sum)) asked.Add(Math.Abs(sum) <= RoundingShare * size ? 0 : sum);
        }

        return asked;
    }

    private static int Sign(int level, int last) => level == last ? 1 : level == 0 ? -1 : 0;
}
