using System.Globalization;
using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

[TestFixture]
internal sealed class TcpLimitsTests
{
    [TestCase("network.bandwidthBytesPerSecond=1000")]
    [TestCase("network.lossProbability=0.1")]
    [TestCase("network.emulateOnTcp=true")]
    public void What_the_whole_network_is_like_holds_on_TCP_too(string setting)
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load(
            SmallScenarios.With("", peers: 3), "runtime=tcp", "gossip.publishers.count=0", setting);
        var messages = new StringWriter();

        TcpLimits.Check(scenario, isStrict: true, messages);

        Assert.That(messages.ToString(), Is.Empty);
    }

    [Test]
    public void More_processes_than_fit_into_the_machine_are_refused_with_the_numbers()
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load(
            SmallScenarios.With("", peers: 50_000), "runtime=tcp", "peers.hosting=processPerNode",
            "peers.joinIntervalMs=0");

        Assert.That(
            () => TcpLimits.Check(scenario, isStrict: false, TextWriter.Null),
            Throws.InstanceOf<EnvironmentException>()
                .With.Message.StartsWith("50003 processes of nodes need about 2900.2 GB of memory"));
    }

    /// <summary>Before anything starts, by the formula of DESIGN section 4.</summary>
    [Test]
    public void More_peers_than_there_are_descriptors_are_exit_code_4_with_both_numbers()
    {
        const long Needed = (50_000L * 7) + (3 * 129) + 200;
        var limit = DescriptorNeed.Of(1, 1, 1).Limit;
        Assume.That(limit, Is.LessThan(Needed), "this machine has enough");
        using var run = new WholeRun();

        var code = run.Main(
            SmallScenarios.With("", peers: 50_000), "small.json", "--runtime", "tcp", "--json",
            "--set", "peers.joinIntervalMs=0");

        Assert.That(code, Is.EqualTo(ExitCode.Environment));
        Assert.That(run.Error, Does.Contain(string.Create(
            CultureInfo.InvariantCulture,
            $"need about {Needed} open files; this process may have {limit} (ulimit -n {Needed} would let it)")));
        Assert.That(run.Output, Is.Empty);
    }
}
