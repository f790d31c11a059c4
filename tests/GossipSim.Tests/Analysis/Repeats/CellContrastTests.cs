using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Repeats;

[TestFixture]
internal sealed class CellContrastTests
{
    /// <summary>Two levels of one factor, three of another, and chances that all cells of a repeat share.</summary>
    private static readonly int[] one = [0, 0, 0, 1, 1, 1];
    private static readonly int[] other = [0, 1, 2, 0, 1, 2];
    private static readonly double[] chances = [0, 500, -70];

    [Test]
    public void A_main_effect_is_the_difference_of_means_and_common_chances_are_gone()
    {
        var values = Values(cell => (10 * one[cell]) + (3 * other[cell]));

        Assert.That(CellContrast.MainEffect(one, 0, 1).Of(values), Is.EqualTo(new[] { 10.0, 10, 10 }).Within(1e-9));
        Assert.That(CellContrast.MainEffect(other, 0, 1).Of(values), Is.EqualTo(new[] { 3.0, 3, 3 }).Within(1e-9));
        Assert.That(CellContrast.MainEffect(other, 0, 2).Of(values), Is.EqualTo(new[] { 6.0, 6, 6 }).Within(1e-9));
    }

    [Test]
    public void An_interaction_is_what_both_do_beyond_their_sum()
    {
        var added = Values(cell => (10 * one[cell]) + (3 * other[cell]));
        var multiplied = Values(cell => 5 * one[cell] * other[cell]);

        Assert.That(CellContrast.Interaction(one, other).Of(added), Is.EqualTo(new[] { 0.0, 0, 0 }).Within(1e-9));
        Assert.That(
            CellContrast.Interaction(one, other).Of(multiplied), Is.EqualTo(new[] { 10.0, 10, 10 }).Within(1e-9));
    }

    [Test]
    public void A_third_factor_that_has_nothing_to_do_with_it_does_not_change_an_interaction()
    {
        int[] twiceOne = [.. one, .. one], twiceOther = [.. other, .. other];
        double[][] values = [.. Enumerable.Range(0, 12).Select(cell =>
            new[] { (5.0 * twiceOne[cell] * twiceOther[cell]) + (cell / 6 * 100) })];

        Assert.That(
            CellContrast.Interaction(twiceOne, twiceOther).Of(values), Is.EqualTo(new[] { 10.0 }).Within(1e-9));
    }

    [Test]
    public void A_slope_is_that_of_the_plane_through_all_cells()
    {
        double[][] coordinates = [.. Enumerable.Range(0, 8).Select(cell => new[] { cell / 7.0, (cell * 3 % 8) / 7.0 })];
        double[][] values = [.. coordinates.Select(at =>
            chances.Select(chance => 40 + (2 * at[0]) - (9 * at[1]) + chance).ToArray())];

        Assert.That(CellContrast.Slope(coordinates, 0)!.Of(values), Is.EqualTo(new[] { 2.0, 2, 2 }).Within(1e-9));
        Assert.That(CellContrast.Slope(coordinates, 1)!.Of(values), Is.EqualTo(new[] { -9.0, -9, -9 }).Within(1e-9));
    }

    [Test]
    public void Parameters_that_always_move_together_have_no_slopes()
    {
        double[][] coordinates = [.. Enumerable.Range(0, 8).Select(cell => new[] { cell / 7.0, cell / 7.0 })];

        Assert.That(CellContrast.Slope(coordinates, 0), Is.Null);
    }

    [Test]
    public void A_repeat_counts_where_no_cell_that_matters_lacks_its_value()
    {
        var values = Values(cell => 10 * one[cell]);
        values[1][0] = double.NaN;

        Assert.That(CellContrast.MainEffect(other, 0, 1).Of(values), Has.Count.EqualTo(2));
        Assert.That(CellContrast.MainEffect(other, 0, 2).Of(values), Has.Count.EqualTo(3), "it is at neither level");
    }

    private static double[][] Values(Func<int, double> of) =>
        [.. Enumerable.Range(0, 6).Select(cell => chances.Select(chance => of(cell) + chance).ToArray())];
}
