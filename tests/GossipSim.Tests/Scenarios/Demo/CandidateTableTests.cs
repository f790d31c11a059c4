using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Demo;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Demo;

[TestFixture]
internal sealed class CandidateTableTests
{
    private static readonly OverlayRule[] rules =
    [
        new PreferentialAttachment(), new ZipfRank(1, RankOrder.Shuffled), new ZipfRank(2, RankOrder.Age),
        new UniformAttachment(),
    ];

    /// <summary>The older the more links, but for one.</summary>
    private static readonly PeerListEntry[] known =
        [.. new[] { 5, 4, 1, 3, 0 }.Select((degree, place) =>
            new PeerListEntry(new NodeAddress(0x7F000001, (ushort)(7000 + place)), 1, place + 1, degree))];

    [TestCaseSource(nameof(rules))]
    public void The_chances_shown_are_those_with_which_the_rule_draws(OverlayRule rule)
    {
        const int Draws = 20_000;
        var random = new NodeRandom(7);
        var view = new CandidateView();
        foreach (var entry in known) view.Add(entry, limit: 10, ref random);
        Span<int> chosen = stackalloc int[1];
        var drawn = new int[known.Length];
        for (var draw = 0; draw < Draws; draw++)
        {
            rule.Choose(view, [0, 1, 2, 3, 4], chosen, ref random);
            drawn[chosen[0]]++;
        }

        var chances = new CandidateTable(rule, known, []).Chances!;

        // Four standard deviations of a share of one half.
        for (var place = 0; place < known.Length; place++)
            Assert.That((double)drawn[place] / Draws, Is.EqualTo(chances[place]).Within(0.015));
    }

    [Test]
    public void Who_is_chosen_without_a_lot_has_no_chance_to_show()
    {
        var table = new CandidateTable(new TopHalf(), known, [known[0].Address, known[1].Address, known[3].Address]);

        Assert.That(table.Chances, Is.Null);
        Assert.That(
            table.Table().Rows.Select(row => row[0]),
            Is.EqualTo(new[] { "7000", "7001", "7003", "7002", "7004" }));
        Assert.That(table.Table().Marked, Is.EqualTo(new[] { 0, 1, 2 }));
    }

    /// <summary>The tables are made of what seed nodes told; the links of what both ends reported.</summary>
    [TestCase("preferentialAttachment")]
    [TestCase("topHalf")]
    public void The_links_in_each_table_are_those_that_stand_at_that_moment(string rule)
    {
        var session = Demos.New(rule: rule);
        var steps = session.StepsOf(DemoPhase.OverlayConstruction);
        var shown = 0;

        for (var index = 0; index < steps.Count; index++)
        {
            if (steps[index].Tables is not [{ Columns: ["peer", "links", "weight", ..] } table]) continue;
            var links = Demos.LinksAfter(steps.Take(index));
            foreach (var row in table.Rows)
            {
                var peer = 3 + int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture) - 7000;
                Assert.That(row[1], Is.EqualTo($"{links.Count(link => link.Item1 == peer || link.Item2 == peer)}"));
                shown++;
            }
        }

        Assert.That(shown, Is.EqualTo(7 * 8 / 2));
    }
}
