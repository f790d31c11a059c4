using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 2: addresses are ip:port in 8 bytes, and from address to index is arithmetic.</summary>
[TestFixture]
internal sealed class AddressTests
{
    [TestCase("127.0.0.1:7000")]
    [TestCase("10.255.0.1:1")]
    [TestCase("255.255.255.255:65535")]
    [TestCase("0.20.100.9:80")]
    public void An_address_reads_as_it_is_written(string text) =>
        Assert.That(NodeAddress.Parse(text).ToString(), Is.EqualTo(text));

    [TestCase("")]
    [TestCase(":")]
    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.1:")]
    [TestCase(":7000")]
    [TestCase("127.0.0.1:0")]
    [TestCase("127.0.0.1:65536")]
    [TestCase("127.0.0.1:70000000")]
    [TestCase("127.0.0.1:07000")]
    [TestCase("127.0.0.1.1:7000")]
    [TestCase("1270.0.0.1:7000")]
    [TestCase("127.0.0.1:-1")]
    [TestCase("127.0.0.1:+1")]
    [TestCase("127.0.0.1: 7000")]
    [TestCase("127.0.0.1:7000 ")]
    [TestCase(" 127.0.0.1:7000")]
    [TestCase("127.0.0.1:7,000")]
    [TestCase("127.0.0.1:7000:7000")]
    [TestCase("127.0.0.1:7e3")]
    [TestCase("127.0.0.1:\u0667\u0660\u0660\u0660")]
    [TestCase("127.1:7000")]
    [TestCase("1:7000")]
    [TestCase("127.0.0.256:7000")]
    [TestCase("127.0.0.:7000")]
    [TestCase("0x7f.0.0.1:7000")]
    [TestCase("010.0.0.1:7000")]
    [TestCase("127.0.0.01:7000")]
    [TestCase("[::1]:7000")]
    [TestCase("::ffff:127.0.0.1:7000")]
    [TestCase("localhost:7000")]
    [TestCase("None:None")]
    [TestCase("127.0.0.1\0:7000")]
    public void What_is_no_address_is_refused(string text)
    {
        Assert.That(NodeAddress.TryParse(text, out var address), Is.False);
        Assert.That(address, Is.EqualTo(NodeAddress.None));
        Assert.That(() => NodeAddress.Parse(text), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void Addresses_are_ordered_by_host_then_port()
    {
        string[] ordered = ["9.0.0.1:9", "10.0.0.1:80", "10.0.0.1:100", "200.0.0.1:1"];

        var sorted = ordered.Select(NodeAddress.Parse).Reverse().Order();

        Assert.That(sorted.Select(address => address.ToString()), Is.EqualTo(ordered));
    }

    [Test]
    public void A_million_peers_have_a_million_addresses_and_each_leads_back_to_its_index()
    {
        var plan = Plan(1_000_000);
        var previous = NodeAddress.None;

        for (var index = 0; index < plan.Count; index++)
        {
            var address = plan[index];
            if (plan.IndexOf(address) != index) Assert.Fail($"{address} at {index} leads to {plan.IndexOf(address)}");
            if (index > plan.SeedNodes && address <= previous) Assert.Fail($"{address} is not after {previous}");
            previous = address;
        }
    }

    [Test]
    public void Beyond_50000_peers_the_next_host_begins()
    {
        var plan = Plan(50_001);

        Assert.That(plan[3 + 49_999].ToString(), Is.EqualTo("127.0.0.1:56999"));
        Assert.That(plan[3 + 50_000].ToString(), Is.EqualTo("127.0.0.2:7000"));
    }

    [TestCase("127.0.0.1:5999")]
    [TestCase("127.0.0.1:6003")]
    [TestCase("127.0.0.1:6999")]
    [TestCase("127.0.0.1:7010")]
    [TestCase("127.0.0.2:7000")]
    [TestCase("126.255.255.255:7000")]
    [TestCase("255.255.255.255:65535")]
    public void Where_nobody_is_there_is_no_index(string text) =>
        Assert.That(Plan(10).IndexOf(NodeAddress.Parse(text)), Is.EqualTo(-1));

    [TestCase("127.0.0.1:57000")]
    [TestCase("127.0.0.1:65535")]
    [TestCase("127.0.0.2:1")]
    [TestCase("127.0.0.2:6999")]
    [TestCase("127.0.0.2:17000")]
    [TestCase("127.0.0.3:7000")]
    public void Between_the_hosts_of_many_peers_nobody_is(string text) =>
        Assert.That(Plan(60_000).IndexOf(NodeAddress.Parse(text)), Is.EqualTo(-1));

    [Test]
    public void High_base_ports_leave_fewer_ports_on_each_host()
    {
        var plan = new AddressPlan(NodeAddress.Parse("127.0.0.1:6000"), 1, NodeAddress.Parse("127.0.0.1:65530"), 20);

        var indices = Enumerable.Range(0, plan.Count).ToArray();
        Assert.That(indices.Select(index => plan[index]), Is.Unique);
        Assert.That(indices.Select(index => plan.IndexOf(plan[index])), Is.EqualTo(indices));
    }

    [TestCase(65_535, 3)]
    [TestCase(65_534, 7)]
    [TestCase(65_533, 100_000)]
    [TestCase(22_222, 90_000)]
    public void However_many_ports_a_host_has_each_address_leads_back_to_its_index(int port, int peers)
    {
        var plan = new AddressPlan(Cast.SeedNode(0), 3, new NodeAddress(0x0A000001, (ushort)port), peers);

        for (var index = 0; index < plan.Count; index++)
            if (plan.IndexOf(plan[index]) != index) Assert.Fail($"{plan[index]} at {index}");
    }

    [Test]
    public void The_last_of_all_peers_that_there_can_be_have_addresses_of_their_own(
        [Values(1, 2, 3, 48_611, AddressPlan.PeersPerHost)] int portsPerHost)
    {
        var first = new NodeAddress(0x0A000001, (ushort)(ushort.MaxValue + 1 - portsPerHost));
        var plan = new AddressPlan(Cast.SeedNode(0), 3, first, AddressPlan.MostPeers);

        for (var index = plan.Count - 200_000; index < plan.Count; index++)
            if (plan.IndexOf(plan[index]) != index) Assert.Fail($"{plan[index]} at {index}");
        Assert.That(plan[plan.Count - 1].Host, Is.EqualTo(first.Host + ((AddressPlan.MostPeers - 1) / portsPerHost)));
        Assert.That(
            () => new AddressPlan(Cast.SeedNode(0), 3, first, AddressPlan.MostPeers + 1),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void An_address_is_one_number_inside()
    {
        NodeAddress[] addresses = [.. Enumerable.Range(0, 40).Select(Cast.Peer)];

        for (var place = 0; place < addresses.Length; place++)
            Assert.That(NodeAddress.IndexOf(addresses, Cast.Peer(place)), Is.EqualTo(place));
        Assert.That(NodeAddress.IndexOf(addresses, Cast.Peer(40)), Is.EqualTo(-1));
        Assert.That((Cast.Peer(7).Host, Cast.Peer(7).Port), Is.EqualTo((0x7F000001u, (ushort)7007)));
    }

    [Test]
    public void No_index_beyond_the_plan_has_an_address()
    {
        Assert.That(() => Plan(10)[13], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Plan(10)[-1], Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static AddressPlan Plan(int peers) =>
        new(NodeAddress.Parse("127.0.0.1:6000"), 3, NodeAddress.Parse("127.0.0.1:7000"), peers);
}
