using FsCheck;
using FsCheck.Fluent;
using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

[TestFixture]
internal sealed class FittingTableTests
{
    private static readonly string[] words =
    [
        "Detection", "Membership", "a", "of", "detection.timeToRemovalMs.p99", "127.0.0.1:7002", "3.63", "s", "/",
    ];

    [TestCase(160)]
    [TestCase(80)]
    [TestCase(40)]
    [TestCase(20)]
    public void No_word_of_a_summary_is_broken(int width)
    {
        var table = FittingTable.OfFigures(columns: 3, isGrouped: true);
        table.AddRow("Detection", "Crashes / removed", "1 / 1");
        table.AddRow("", "Crash to removal, p50 / max", "3.63 s / 3.63 s");
        table.AddRow("Membership", "Changes / without a quorum", "201 / 0");

        var shown = Write(table, width);

        Assert.That(Words(shown), Is.EquivalentTo(Words(
            "Detection Crashes / removed 1 / 1 Crash to removal, p50 / max 3.63 s / 3.63 s "
            + "Membership Changes / without a quorum 201 / 0")));
        Assert.That(shown.Split('\n'), Has.All.Length.LessThanOrEqualTo(width));
    }

    [Test]
    public void A_screen_that_is_wide_enough_has_a_line_for_each_row()
    {
        var table = new FittingTable("Figure", "Mean") { RightAligned = [1] };
        table.AddRow("gossip.latencyMs.p99", "31.1");
        table.AddRow("detection.falseRemovals", "0");

        Assert.That(Write(table, 80).Split('\n').Count(line => line.Contains('.')), Is.EqualTo(2));
    }

    [Test]
    public void Cells_stand_below_each_other_where_they_do_not_fit_beside_each_other()
    {
        var table = new FittingTable("Figure", "Mean", "95 % interval");
        table.AddRow("detection.timeToRemovalMs.p99", "3,630", "3,510 to 3,750");

        Assert.That(Write(table, 40).TrimEnd(), Is.EqualTo(
            "detection.timeToRemovalMs.p99\n  Mean: 3,630\n  95 % interval: 3,510 to 3,750"));
    }

    [Test]
    public void A_word_longer_than_the_screen_is_whole()
    {
        var table = FittingTable.OfFigures();
        table.AddRow("Fingerprint", new string('f', 64));

        Assert.That(Write(table, 40), Does.Contain(new string('f', 64)));
    }

    [Test]
    public void Control_characters_of_cells_are_shown_and_not_obeyed()
    {
        var table = FittingTable.OfFigures();
        table.AddRow("name", "a\u001b[2Jb");

        Assert.That(Write(table, 80), Does.Contain(@"a\u001B[2Jb").And.Not.Contain("\u001b"));
    }

    [Test]
    public void No_word_of_any_table_is_broken_on_any_screen()
    {
        var cell = Gen.Elements(words).ListOf().Select(some => string.Join(' ', some.Take(8)));
        var rows = cell.ArrayOf(4).NonEmptyListOf();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20261125, 1),
            Prop.ForAll(rows.ToArbitrary(), Gen.Choose(10, 170).ToArbitrary(), (some, width) =>
            {
                var table = new FittingTable("Figure", "A", "B", "Verdict") { RightAligned = [1, 2] };
                foreach (var row in some) table.AddRow(row);
                var shown = Words(Write(table, width)).ToHashSet();
                return some.SelectMany(row => row).SelectMany(Words).All(shown.Contains);
            }));
    }

    private static string Write(FittingTable table, int width)
    {
        var writer = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(writer, writer, allowsColors: false) { OutputWidth = () => width };
        table.Write(terminal.Rich(terminal.Output));
        return writer.ToString();
    }

    private static IEnumerable<string> Words(string text) =>
        text.Split([' ', '\n', '─'], StringSplitOptions.RemoveEmptyEntries);
}
