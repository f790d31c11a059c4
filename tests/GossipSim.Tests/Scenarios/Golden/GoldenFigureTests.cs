using System.Runtime.CompilerServices;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Repeating;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Running;
using GossipSim.Tests.Scenarios.Shipped;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Golden;

/// <summary>
/// What the shipped scenarios measure, over ten random seeds each, beside a table of it: an engine that is rebuilt must
/// behave as before, within noise. A change of behavior that is wanted writes the table anew.
/// </summary>
[TestFixture]
internal sealed class GoldenFigureTests
{
    private const int Runs = 10;

    private static IEnumerable<string> Scenarios => SchemaTests.ShippedNames
        .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "million");

    [TestCase("crash-hub")]
    [TestCase("seed-restart")]
    public void A_shipped_scenario_behaves_as_the_table_says(string scenario) => AssertBehaves(scenario);

    [Test]
    [Explicit(FullSize.Reason)]
    [Category(FullSize.Category)]
    public void All_shipped_scenarios_behave_as_the_table_says() => Assert.Multiple(() =>
    {
        foreach (var scenario in Scenarios) AssertBehaves(scenario);
    });

    [Test]
    public void The_table_has_every_shipped_scenario() =>
        Assert.That(Table().Select(figure => figure.Scenario).Distinct(), Is.EquivalentTo(Scenarios));

    [Test]
    public void Another_mean_is_told_from_noise()
    {
        var figure = new GoldenFigure("any", "any", Runs, Mean: 10, StandardDeviation: 1);

        Assert.That(figure.IsLike(figure with { Mean = 12 }), Is.True);
        Assert.That(figure.IsLike(figure with { Mean = 13 }), Is.False);
        Assert.That((figure with { StandardDeviation = 0 }).IsLike(figure with { StandardDeviation = 0 }), Is.True);
    }

    [Test]
    [Explicit("writes the table anew, for a change of behavior that is wanted")]
    public void Write_the_table() => File.WriteAllLines(
        Path.Combine(SourceFolder(), "Figures.csv"),
        [GoldenFigure.Heading, .. Scenarios.SelectMany(Measure).Select(figure => figure.ToString())]);

    private static void AssertBehaves(string scenario)
    {
        var measured = Measure(scenario);
        var golden = Table().Where(figure => figure.Scenario == scenario).ToDictionary(figure => figure.Metric);

        Assert.That(measured.Select(figure => figure.Metric), Is.EquivalentTo(golden.Keys));
        Assert.That(
            measured.Where(figure => !figure.IsLike(golden[figure.Metric]))
                .Select(figure => $"{figure}, and the table has {golden[figure.Metric]}"),
            Is.Empty);
    }

    private static List<GoldenFigure> Measure(string scenario)
    {
        using var run = new WholeRun();
        var code = run.Main(
            ShippedRun.TextOf(scenario), "small.json", "--runtime", "sim", "--runs", $"{Runs}", "--json");
        Assert.That(code, Is.AnyOf(ExitCode.Held, ExitCode.Failed), run.Error);   // some judge what is on TCP only

        var metrics = run.Json.GetProperty("metrics").EnumerateObject().ToDictionary(each => each.Name);
        return
        [
            .. FigurePaths.Of(metrics.Keys).Select(path => new GoldenFigure(
                scenario, path, metrics[path].Value.GetProperty("count").GetInt32(),
                metrics[path].Value.GetProperty("mean").GetDouble(),
                metrics[path].Value.GetProperty("standardDeviation").GetDouble())),
        ];
    }

    private static IEnumerable<GoldenFigure> Table() => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Scenarios", "Golden", "Figures.csv"))
        .Skip(1).Select(GoldenFigure.Parse);

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
