using System.Globalization;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

[TestFixture]
internal sealed class RoundedPartsTests
{
    [Test]
    public void Parts_are_shown_so_that_they_sum_to_the_whole_that_is_shown()
    {
        var random = new Random(20261125);
        for (var story = 0; story < 1000; story++)
        {
            double?[] parts =
            [
                .. Enumerable.Range(0, 8).Select(_ =>
                    random.Next(4) == 0 ? (double?)null : Math.Round(random.NextDouble() * 3000, 3)),
            ];

            string[] shown = [.. RoundedParts.Milliseconds(parts)];

            var values = shown.Select(cell => cell == "–" ? 0 : decimal.Parse(cell, CultureInfo.InvariantCulture));
            Assert.That(values.SkipLast(1).Sum(), Is.EqualTo(values.Last()), string.Join(" + ", shown));
            Assert.That((double)values.Last(), Is.EqualTo(parts.Sum()!.Value).Within(0.0501));
            Assert.That(
                shown.SkipLast(1).Select(cell => cell == "–"), Is.EqualTo(parts.Select(part => part is null)));
        }
    }

    [Test]
    public void Each_part_is_within_one_unit_of_itself() =>
        Assert.That(
            RoundedParts.Milliseconds([511.956, 1010.44, null, 0.04, 0.04]),
            Is.EqualTo(new[] { "512.0", "1,010.4", "–", "0.0", "0.1", "1,522.5" }));
}
