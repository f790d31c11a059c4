using System.Text.Json;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

/// <summary>Distributions in the unit of the key that holds them, for sessions and delays.</summary>
internal sealed class DistributionSettingsTests
{
    private static readonly TestCaseData[] all =
    [
        new("""{ "distribution": "constant", "value": 60 }""", new ConstantDistribution(60)),
        new("""{ "distribution": "uniform", "from": 1, "to": 9 }""", new UniformDistribution(1, 9)),
        new("""{ "distribution": "normal", "mean": 60, "sigma": 5 }""", new NormalDistribution(60, 5)),
        new("""{ "distribution": "logNormal", "median": 60, "sigma": 0.5 }""", new LogNormalDistribution(60, 0.5)),
        new("""{ "distribution": "exponential", "mean": 60 }""", new ExponentialDistribution(60)),
        new("""{ "distribution": "weibull", "shape": 0.6, "scale": 300 }""", new WeibullDistribution(0.6, 300)),
        new("""{ "distribution": "pareto", "shape": 1.5, "scale": 30 }""", new ParetoDistribution(1.5, 30)),
        new("""{ "distribution": "gamma", "shape": 0.4, "scale": 30 }""", new GammaDistribution(0.4, 30)),
    ];

    [TestCaseSource(nameof(all))]
    public void Every_word_means_its_distribution(string text, Distribution meant)
    {
        var settings = JsonSerializer.Deserialize<DistributionSettings>(text, ScenarioJson.Options)!;

        Assert.That(NetworkModels.DistributionOf(settings), Is.EqualTo(meant));
    }

    [Test]
    public void Every_word_is_tried_here()
    {
        var kinds = ScenarioJson.ContractOf(typeof(DistributionSettings)).PolymorphismOptions!.DerivedTypes;
        string tried = string.Concat(all.Select(each => (string)each.Arguments[0]!));

        foreach (var kind in kinds)
            Assert.That(tried, Does.Contain($"\"{kind.TypeDiscriminator}\""));
    }

    [TestCase(9, 5, "k.from: found 9, allowed is at most to, 5")]
    [TestCase(5, 5, null)]
    public void A_uniform_distribution_goes_upwards(double from, double to, string? message)
    {
        var problems = new ProblemList(SourceReader.ReadFile("{}"u8, "a.json"));

        DistributionRules.Check(new UniformSettings { From = from, To = to }, "k", problems);

        Assert.That(problems.Found.Select(problem => $"{problem.Path}: {problem.Message}"), Is.EqualTo(
            message is null ? Array.Empty<string>() : [message]));
    }
}
