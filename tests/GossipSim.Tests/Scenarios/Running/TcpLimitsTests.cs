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
}
