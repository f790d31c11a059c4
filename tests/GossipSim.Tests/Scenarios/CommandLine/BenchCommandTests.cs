using System.Text.Json.Nodes;
using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

internal sealed class BenchCommandTests
{
    private readonly ProgramRun program = new();

    [TearDown]
    public void RemoveFolder() => program.Dispose();

    /// <summary>DESIGN section 8: scripts depend on these names.</summary>
    [TestCase("flood", "deliveries", "deliveriesPerSecond", "--broadcasts", "2")]
    [TestCase("heartbeat", "events", "eventsPerSecond", "--seconds", "2")]
    public void As_json_a_workload_has_the_promised_names_and_nothing_else(
        string workload, string counted, string rate, string option, string size)
    {
        var code = program.Main("bench", workload, "--peers", "100", option, size, "--threads", "2", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), program.Error);
        var figures = JsonNode.Parse(program.Output)!.AsObject();
        Assert.That(figures.Select(figure => figure.Key), Is.EquivalentTo(new[]
        {
            counted, "wallSeconds", "cpuSeconds", rate, "peakRssBytes", "bytesPerPeer", "fingerprint",
        }));
        Assert.That((long)figures[counted]!, Is.Positive);
        Assert.That((double)figures["bytesPerPeer"]!, Is.EqualTo((double)figures["peakRssBytes"]! / 100).Within(0.1));
        Assert.That((string)figures["fingerprint"]!, Does.Match("^[0-9a-f]{16}$"));
        Assert.That(program.Error, Does.StartWith($"{workload}: 100 peers, 2 ").And.Contain("2 threads"));
    }

    [Test]
    public void People_see_units_and_separated_thousands()
    {
        var code = program.Main("bench", "flood", "--peers", "1000", "--broadcasts", "1");

        Assert.That(code, Is.EqualTo(ExitCode.Held), program.Error);
        Assert.That(program.Output, Does.StartWith("flood: 1,000 peers, 1 broadcast, random seed 1, 1 thread;"));
        Assert.That(program.Output, Does.Match(@"Deliveries +4,989\r?\n").And.Match(@"Wall time +[0-9.]+ m?s\r?\n"));
        Assert.That(program.Output, Does.Match(@"Peak memory +[0-9.]+ [MG]iB\r?\n").And.Contain("Fingerprint"));
    }

    [TestCase("--peers 9", "flood", "--peers: found 9, allowed is a whole number from 10 to 10,000,000")]
    [TestCase("--peers 99999999999", "flood", "--peers: found 99999999999, allowed is a whole number from 10 to")]
    [TestCase("--broadcasts 0", "flood", "--broadcasts: found 0, allowed is a whole number from 1 to 1,000,000")]
    [TestCase("--seconds 3601", "heartbeat", "--seconds: found 3601, allowed is a whole number from 1 to 3,600")]
    [TestCase("--threads 65", "heartbeat", "--threads: found 65, allowed is a whole number from 1 to 64")]
    [TestCase("--threads 0", "flood", "--threads: found 0, allowed is a whole number from 1 to 64")]
    [TestCase("--random-seed -1", "flood", "--random-seed: found -1, allowed is a whole number from 0 to 9007199254")]
    [TestCase("--peers many", "flood", "gossipsim bench flood: --peers: found \"many\", allowed is a whole number (")]
    [TestCase("--seconds 5", "flood", "gossipsim bench flood: unknown option --seconds")]
    public void A_wrong_number_is_refused_with_what_is_allowed(string option, string workload, string message)
    {
        var code = program.Main(["bench", workload, .. option.Split(' ')]);

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith(message));
        Assert.That(program.Error.TrimEnd(), Does.Not.Contain('\n'));
        Assert.That(program.Output, Is.Empty);
    }

    [TestCase("bench", "flood", "gossipsim bench flood --peers")]
    [TestCase("bench flood", "--broadcasts <N>", "gossipsim bench flood --peers 1000 --broadcasts 1000")]
    [TestCase("bench heartbeat", "--seconds <N>", "gossipsim bench heartbeat --peers 10000 --seconds 30")]
    public void Help_has_lines_to_copy(string command, string option, string example)
    {
        Assert.That(program.Main([.. command.Split(' '), "--help"]), Is.EqualTo(ExitCode.Held));
        Assert.That(program.Output, Does.Contain(option).And.Contain("Examples:").And.Contain(example));
    }
}
