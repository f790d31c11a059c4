using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

[TestFixture]
internal sealed class NodeNameTests
{
    private static readonly NodeName Name = new("this run", [
        NodeAddress.Parse("127.0.0.1:7000"), NodeAddress.Parse("127.0.0.1:7001"), NodeAddress.Parse("127.0.0.2:7001"),
        NodeAddress.Parse("127.0.0.1:7000")]);

    [TestCase("7000", "127.0.0.1:7000")]
    [TestCase("127.0.0.2:7001", "127.0.0.2:7001")]
    public void A_node_is_named_by_its_address_or_by_a_port_that_it_alone_has(string asked, string found) =>
        Assert.That(Name.Find(asked).ToString(), Is.EqualTo(found));

    [TestCase("7001", "--peer: 127.0.0.1:7001 and 127.0.0.2:7001 have the port 7001; write ip:port")]
    [TestCase("7002", "--peer: no node of this run has the port 7002")]
    [TestCase("0", "--peer: port: found the port \"0\", allowed are 1 to 65535")]
    [TestCase("", "--peer: found \"\", allowed is ip:port as in 127.0.0.1:7000, or a port alone")]
    public void Another_word_is_a_mistake_that_names_what_there_is(string asked, string message) => Assert.That(
        () => Name.Find(asked, "--peer: "), Throws.InstanceOf<UsageException>().With.Message.EqualTo(message));
}
