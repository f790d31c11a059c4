using System.Net;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Nodes;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Nodes;

/// <summary>Names of a seed list that get their addresses late, or never.</summary>
[TestFixture]
internal sealed class SeedNodeNamesTests
{
    private FakeNames server = new();
    private StringWriter warnings = new();

    [SetUp]
    public void Begin() => (server, warnings) = (new FakeNames(), new StringWriter());

    [Test]
    public async Task A_name_without_an_address_is_one_warning_and_the_others_are_enough()
    {
        server.Learn("one.test", "127.0.0.1");
        var names = Names("one.test", "127.0.0.2", "three.test");

        await FindAsync(names, quorum: 2);

        Assert.That(names.Addresses.Select(each => each.ToString()), Is.EqualTo(
            new[] { "127.0.0.1:6000", "127.0.0.2:6001", "0.0.0.3:6002" }));
        Assert.That(names.Addresses[2].IsUnresolved, Is.True);
        Assert.That(warnings.ToString().Trim(), Is.EqualTo(
            "warning: no IPv4 address is known yet for three.test:6002 (config.txt:3; 0.0.0.3:6002 in the logs);"
            + " going on with the other seed nodes, and asking again"));
    }

    [Test]
    public async Task A_quorum_is_waited_for()
    {
        var patient = server.LookUp with { Patience = Patience.Limit };
        var names = new SeedNodeNames(File("127.0.0.1", "two.test", "three.test"), patient);
        var finding = FindAsync(names, quorum: 2);
        await Patience.UntilAsync(() => server.Asked.Count(name => name == "two.test") > 2, "asked three times");
        Assert.That(finding.IsCompleted, Is.False);

        server.Learn("two.test", "127.0.0.2");

        await Patience.UntilEndedAsync(finding, "a quorum");
        Assert.That(names.Addresses[1].ToString(), Is.EqualTo("127.0.0.2:6001"));
    }

    [Test]
    public async Task Without_a_quorum_of_addresses_it_ends_and_names_the_names()
    {
        var failure = await Assert.ThrowsAsync<EnvironmentException>(
            () => FindAsync(Names("127.0.0.1", "two.test", "three.test"), quorum: 2));

        Assert.That(failure!.Message, Is.EqualTo(
            "config.txt: 1 of 3 seed nodes have an address after 0.2 s, 2 are needed; no IPv4 address is known for"
            + " two.test:6001 (config.txt:2), three.test:6002 (config.txt:3)"));
        Assert.That(server.Asked.Count(name => name == "three.test"), Is.GreaterThan(1));
    }

    [TestCase("no name!")]
    [TestCase("a..b")]
    [TestCase("::1")]
    [TestCase(" ")]
    public async Task A_malformed_name_is_a_mistake_and_nobody_is_asked(string host)
    {
        await Assert.ThrowsAsync<UsageException>(() => FindAsync(Names("127.0.0.1", "127.0.0.2", host), quorum: 2));
        Assert.That(server.Asked, Is.Empty);
    }

    [Test]
    public async Task A_name_with_IPv6_addresses_only_is_a_mistake()
    {
        server.Learn("six.test", "::1");

        var failure = await Assert.ThrowsAsync<UsageException>(
            () => FindAsync(Names("127.0.0.1", "127.0.0.2", "six.test"), quorum: 2));

        Assert.That(failure!.Message, Is.EqualTo(
            "config.txt:3: the host \"six.test\" has only IPv6 addresses; a node needs an IPv4 address"));
    }

    [Test]
    public async Task A_name_server_that_never_answers_does_not_hold_up_the_end()
    {
        var silent = server.LookUp with { Ask = (_, _) => new TaskCompletionSource<IPAddress[]>().Task };

        await Assert.ThrowsAsync<EnvironmentException>(
            () => FindAsync(new SeedNodeNames(File("one.test", "127.0.0.2"), silent), quorum: 2));
    }

    [Test]
    public async Task Two_names_of_one_seed_node_are_a_mistake()
    {
        server.Learn("one.test", "127.0.0.2");
        var names = new SeedNodeNames(
            new NetworkFile("config.txt", [
                new("one.test", 6000, "config.txt:1"), new("127.0.0.2", 6000, "config.txt:2"),
                new("absent.test", 6001, "config.txt:3")]), server.LookUp);

        var failure = await Assert.ThrowsAsync<UsageException>(() => FindAsync(names, quorum: 2));

        Assert.That(failure!.Message, Does.StartWith(
            "config.txt:1 (one.test:6000) and config.txt:2 (127.0.0.2:6000) name the same seed node"));
    }

    [Test]
    public async Task A_late_address_is_taken_and_said()
    {
        var names = Names("127.0.0.1", "127.0.0.2", "three.test");
        await FindAsync(names, quorum: 2);
        var (taken, said) = (new List<(NodeAddress, int)>(), new List<string>());
        var following = names.FollowAsync(
            (found, place) =>
            {
                taken.Add((found, place));
                return null;
            },
            said.Add, CancellationToken.None);

        server.Learn("three.test", "127.0.0.3");

        await Patience.UntilEndedAsync(following, "the late address");
        Assert.That(taken, Is.EqualTo(new[] { (NodeAddress.Parse("127.0.0.3:6002"), 2) }));
        Assert.That(said, Is.EqualTo(new[] { "config.txt:3: three.test:6002 has the address 127.0.0.3:6002 now" }));
        Assert.That(names.AreAllKnown, Is.True);
    }

    [Test]
    public async Task A_late_address_that_another_line_names_is_left_out_and_said()
    {
        var names = new SeedNodeNames(
            new NetworkFile("config.txt", [
                new("127.0.0.1", 6000, "config.txt:1"), new("127.0.0.2", 6000, "config.txt:2"),
                new("late.test", 6000, "config.txt:3")]), server.LookUp);
        await FindAsync(names, quorum: 2);
        var said = new List<string>();
        server.Learn("late.test", "127.0.0.2");

        await Patience.UntilEndedAsync(
            names.FollowAsync((_, _) => throw new InvalidOperationException(), said.Add, CancellationToken.None),
            "the late address");

        Assert.That(said, Is.EqualTo(new[]
        {
            "config.txt:3: late.test:6000 has the address 127.0.0.2:6000 now and is left out: 127.0.0.2:6000"
                + " (config.txt:2) names the same seed node, which would vote twice",
        }));
        Assert.That(names.Addresses[2].IsUnresolved, Is.True);
    }

    private static NetworkFile File(params string[] hosts) => new(
        "config.txt",
        [.. hosts.Select((host, place) =>
            new WrittenAddress(host, (ushort)(6000 + place), $"config.txt:{place + 1}"))]);

    private SeedNodeNames Names(params string[] hosts) => new(File(hosts), server.LookUp);

    private Task FindAsync(SeedNodeNames names, int quorum) =>
        names.FindAsync(quorum, _ => true, warnings, CancellationToken.None);
}
