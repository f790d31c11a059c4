using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Figures;

public sealed class CompactPathTests
{
    [TestCase("M10 20L30.26 19.5L30.26 0", "M10 20l20.3-.5l0-19.5")]
    [TestCase("M84.42 444L84.42 84M229.79 444L229.79 84", "M84.4 444l0-360m145.4 360l0-360")]
    [TestCase("M0 0.04L-0.04 0", "M0 0l0 0")]
    [TestCase("M1 1Q2.25 3 4 5L6 7L8 9Z", "M1 1Q2.2 3 4 5L6 7l2 2Z")]
    [TestCase("", "")]
    public void Lines_are_relative_and_all_else_stays(string outline, string compact) =>
        Assert.That(CompactPath.Of(outline), Is.EqualTo(compact));

    [Test]
    public void Many_small_steps_end_where_they_should()
    {
        string outline = "M0 0" + string.Concat(
            Enumerable.Range(1, 1000).Select(i => FormattableString.Invariant($"L{0.37 * i} {0.01 * i}")));

        double[] steps = [.. CompactPath.Of(outline)[4..].Split('l', StringSplitOptions.RemoveEmptyEntries)
            .Select(step => double.Parse(step.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))];

        Assert.That(steps.Sum(), Is.EqualTo(370).Within(0.051));
    }
}
