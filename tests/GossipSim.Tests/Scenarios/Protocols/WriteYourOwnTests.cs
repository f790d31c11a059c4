using System.Text.RegularExpressions;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Tests.House;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Protocols;

/// <summary>The page "write your own": what it tells people to type compiles and runs.</summary>
[TestFixture]
internal sealed partial class WriteYourOwnTests
{
    private static readonly string page =
        File.ReadAllText(Path.Combine(Repository.Root, "Scenarios/Protocols/README.md")).ReplaceLineEndings("\n");

    [Test]
    public void The_class_of_the_page_is_the_one_that_the_tests_compile()
    {
        var file = Path.Combine(Repository.Root, "tests/GossipSim.Tests/Scenarios/Protocols/HighestValue.cs");

        Assert.That(Block("csharp"), Is.EqualTo(File.ReadAllText(file).ReplaceLineEndings("\n")));
    }

    [Test]
    public void The_scenario_of_the_page_holds()
    {
        var scenario = Block("json").Replace(
            "\"name\": \"highestValue\"", $"\"name\": \"highestValue\", \"assembly\": {OwnScenarios.Assembly}",
            StringComparison.Ordinal);
        using var run = new WholeRun();

        var code = run.Main(scenario, "run", "small.json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error + run.Output);
        Assert.That(run.Summary.GetProperty("expectations").GetProperty("met").GetInt32(), Is.EqualTo(1));
    }

    private static string Block(string language) =>
        Blocks().Matches(page).Single(block => block.Groups["language"].Value == language).Groups["text"].Value;

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
