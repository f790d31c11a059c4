using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Stages;
using GossipSim.Tests.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Stages;

/// <summary>The command <c>test</c>: its lines, its JSON, and how it ends.</summary>
[TestFixture]
internal sealed class TestCommandTests
{
    private const int Ports = 11;

    [Test]
    public void It_says_stages_and_checks_and_ends_with_the_sum()
    {
        using var program = new ProgramRun { Stages = StageSession.RunAsync };
        var first = FreePorts.Take(Ports);

        var code = program.Main(
            ["test", .. At(first), "--json", .. Quick("peers.hosting=inProcess"), "--output", "here"]);

        // A busy machine may miss the 1 s that check 5 allows; then the sum and the exit code say so.
        var lines = program.Error.Trim().Split('\n');
        var json = JsonNode.Parse(program.Output)!;
        var passed = json["passed"]!.GetValue<int>();
        Assert.That(lines[^1], Is.EqualTo($"{passed} of 15 passed"), program.Error);
        Assert.That(code, Is.EqualTo(passed == 15 ? ExitCode.Held : ExitCode.Failed));
        Assert.That(lines.Count(line => line.StartsWith("Stage ", StringComparison.Ordinal)), Is.EqualTo(6));
        Assert.That(lines.Count(line => line.StartsWith("  PASS  ", StringComparison.Ordinal)), Is.EqualTo(passed));
        Assert.That(json["stages"]!.AsArray().Sum(stage => stage!["checks"]!.AsArray().Count), Is.EqualTo(15));
        Assert.That(
            File.Exists(Path.Combine(json["logs"]!.GetValue<string>(), "stages.json")), Is.True, program.Output);
    }

    [Test]
    public void A_port_in_use_ends_it_with_exit_code_4_before_anything_starts()
    {
        using var program = new ProgramRun { Stages = StageSession.RunAsync };
        var first = FreePorts.Take(Ports);
        using var other = new TcpListener(IPAddress.Loopback, first + Ports - 1);
        other.Start();

        Assert.That(program.Main(["test", .. At(first)]), Is.EqualTo(ExitCode.Environment));

        Assert.That(program.Error.Trim(), Does.Contain($"port {first + Ports - 1} ").And.Not.Contain("\n"));
        Assert.That(Directory.Exists(Path.Combine(program.Folder.Current, "results")), Is.False);
    }

    [TestCase("--seed-port 6000 --peer-port 6001", "meet the seed node")]
    [TestCase("--peer-port 65530", "--peer-port: found 65530")]
    [TestCase("--port 6000", "unknown option --port")]
    public void A_mistake_is_one_line_and_exit_code_2(string typed, string words)
    {
        using var program = new ProgramRun { Stages = StageSession.RunAsync };

        Assert.That(program.Main(["test", .. typed.Split(' ')]), Is.EqualTo(ExitCode.BadInput));

        Assert.That(program.Error.Trim(), Does.Contain(words).And.Not.Contain("\n"));
    }

    private static string[] At(int first) => ["--seed-port", $"{first}", "--peer-port", $"{first + 3}"];

    private static IEnumerable<string> Quick(params string[] more) =>
        SuiteTrial.Quick.Concat(more).SelectMany(setting => new[] { "--set", setting });
}
