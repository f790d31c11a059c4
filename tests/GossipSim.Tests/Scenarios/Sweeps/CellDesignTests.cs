using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Sweeps;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Sweeps;

[TestFixture]
internal sealed class CellDesignTests
{
    [Test]
    public void A_grid_has_every_combination_and_the_last_parameter_changes_fastest()
    {
        var cells = CellDesign.Of(
            new SweepSettings
            {
                Parameters =
                [
                    new SweepParameter { Path = "a", Values = [ExpectedValue.Of("x"), ExpectedValue.Of(true)] },
                    new SweepParameter { Path = "b", From = 0.1, To = 0.3, Steps = 3 },
                ],
            },
            randomSeed: 1);

        Assert.That(
            cells.Select(cell => string.Join(' ', cell.Select(SweepCell.TextOf))),
            Is.EqualTo(new[] { "x 0.1", "x 0.2", "x 0.3", "true 0.1", "true 0.2", "true 0.3" }));
    }

    [Test]
    public void Logarithmic_steps_have_equal_ratios_and_whole_numbers_come_once()
    {
        var ratios = new SweepParameter
        {
            Path = "a", From = 1, To = 1000, Steps = 4, Scale = ParameterScale.Logarithmic,
        };
        var whole = new SweepParameter { Path = "a", From = 1, To = 3, Steps = 5, WholeNumbers = true };

        Assert.That(CellDesign.Levels(ratios).Select(SweepCell.TextOf), Is.EqualTo(new[] { "1", "10", "100", "1000" }));
        Assert.That(CellDesign.Levels(whole).Select(SweepCell.TextOf), Is.EqualTo(new[] { "1", "2", "3" }));
    }

    [Test]
    public void A_latin_hypercube_uses_every_stratum_of_every_parameter_once()
    {
        const int Samples = 50;

        var cells = CellDesign.Of(Cube(Samples), randomSeed: 5);

        Assert.That(cells, Has.Count.EqualTo(Samples));
        for (var parameter = 0; parameter < 2; parameter++)
        {
            var strata = cells.Select(cell => (int)Math.Floor((cell[parameter].Number!.Value - 10) / 100 * Samples));
            Assert.That(strata.Order(), Is.EqualTo(Enumerable.Range(0, Samples)), $"parameter {parameter}");
        }

        Assert.That(
            cells.Select(cell => cell[0].Number), Is.Not.EqualTo(cells.Select(cell => cell[1].Number)),
            "the parameters have orders of their own");
    }

    [Test]
    public void A_latin_hypercube_is_a_function_of_the_random_seed()
    {
        var once = CellDesign.Of(Cube(9), randomSeed: 5);

        Assert.That(CellDesign.Of(Cube(9), randomSeed: 5), Is.EqualTo(once));
        Assert.That(CellDesign.Of(Cube(9), randomSeed: 6), Is.Not.EqualTo(once));
    }

    [TestCase("0/1", 0, 1)]
    [TestCase("7/8", 7, 8)]
    public void A_shard_is_its_number_of_so_many(string text, int index, int count) =>
        Assert.That(Shard.Parse("--shard", text), Is.EqualTo(new Shard(index, count)));

    [TestCase("8/8")]
    [TestCase("-1/8")]
    [TestCase("1")]
    [TestCase("0/0")]
    [TestCase("1/8 ")]
    [TestCase("99999999999/8")]
    public void What_is_no_shard_is_refused(string text) => Assert.That(
        () => Shard.Parse("--shard", text), Throws.Exception.With.Message.Contains($"--shard: found \"{text}\""));

    [Test]
    public void Every_task_is_in_exactly_one_shard()
    {
        Shard[] shards = [.. Enumerable.Range(0, 7).Select(index => new Shard(index, 7))];

        for (var task = 0; task < 100; task++)
            Assert.That(shards.Count(shard => shard.Has(task)), Is.EqualTo(1), $"task {task}");
    }

    private static SweepSettings Cube(int samples) => new()
    {
        Design = SweepDesign.LatinHypercube,
        Samples = samples,
        Parameters =
        [
            new SweepParameter { Path = "a", From = 10, To = 110 },
            new SweepParameter { Path = "b", From = 10, To = 110 },
        ],
    };
}
