using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

[TestFixture]
internal sealed class TcpLimitsTests
{
    [TestCase("network.bandwidthBytesPerSecond=1000", "network.bandwidthBytesPerSecond")]
    [TestCase("network.lossProbability=0.1", "network.lossProbability")]
    public void What_sockets_cannot_do_is_refused_by_name_when_asked_to_be_strict(string setting, string name)
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load(
            SmallScenarios.With("", peers: 3), "runtime=tcp", "gossip.publishers.count=0", setting);

        Assert.That(
            () => TcpLimits.Check(scenario, isStrict: true, TextWriter.Null),
            Throws.InstanceOf<UsageException>().With.Message.Contains(name));
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
}
