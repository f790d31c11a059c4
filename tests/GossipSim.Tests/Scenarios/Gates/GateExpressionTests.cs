using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Gates;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Gates;

[TestFixture]
internal sealed class GateExpressionTests
{
    [TestCase("gossip.latencyMs.p99 > +10 %", GateSide.Above, false, 0.1, true)]
    [TestCase("gossip.latencyMs.p99>=+3", GateSide.Above, true, 3, false)]
    [TestCase("gossip.latencyMs.p99 < -2.5 ms", GateSide.Below, false, -2.5, false)]
    [TestCase(" gossip.latencyMs.p99 > -5% ", GateSide.Above, false, -0.05, true)]
    [TestCase("gossip.latencyMs.p99 > +-4 %", GateSide.Outside, false, 0.04, true)]
    [TestCase("gossip.latencyMs.p99 > ± 4", GateSide.Outside, false, 4, false)]
    public void A_gate_is_a_figure_an_operator_and_a_change_with_its_sign(
        string text, GateSide side, bool isInclusive, double bound, bool isRelative)
    {
        var gate = GateExpression.Parse("--fail-if", text, MetricPaths.All);

        Assert.That(
            (gate.Metric, gate.Side, gate.IsInclusive, gate.Bound, gate.IsRelative),
            Is.EqualTo(("gossip.latencyMs.p99", side, isInclusive, bound, isRelative)));
    }

    [TestCase("", "column 1: found its end, allowed is the path of a figure")]
    [TestCase("gossip.latencyMs.p98 > +1", "column 1: summary.json has no figure \"gossip.latencyMs.p98\"; did you")]
    [TestCase("powerLaw.verdict > +1", "column 1: \"powerLaw.verdict\" is a word and no number")]
    [TestCase("gossip.redundancy = +1", "column 19: found \"= +1\", allowed is one of > >= < <=")]
    [TestCase("gossip.redundancy > 10", "column 21: found \"10\", allowed is a change from A with its sign")]
    [TestCase("gossip.redundancy > +", "column 22: found its end, allowed is a number")]
    [TestCase("gossip.redundancy > +1,5 %", "column 23: found \",5 %\", allowed is %, copies/receipt or nothing")]
    [TestCase("gossip.redundancy > +1 ms", "column 24: found \"ms\", allowed is %, copies/receipt or nothing")]
    [TestCase("gossip.redundancy < +-1", "column 20: found \" +-1\", allowed is + or - behind a <")]
    public void What_is_none_is_refused_with_the_column_and_what_is_allowed(string text, string words) =>
        Assert.That(
            () => GateExpression.Parse("--fail-if", text, MetricPaths.All),
            Throws.TypeOf<UsageException>().With.Message.Contains(words));
}
