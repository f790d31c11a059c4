using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>
/// Nodes that cannot reach each other: nothing passes, nothing is lost, and nobody sees the other's end.
/// </summary>
[TestFixture]
internal sealed class CutOffTests
{
    [Test]
    public async Task What_is_sent_over_a_cut_arrives_in_order_when_it_is_whole_again()
    {
        await using var network = await RealContractNetwork.StartAllAsync(3);
        var (one, two, three) = (network.Addresses[0], network.Addresses[1], network.Addresses[2]);
        Send(network, one, two, 1);
        await network.UntilAsync(() => network.At(two).NumbersFrom(one).Any(), "the link stands");
        await CutAsync(network, one, two);

        for (var number = 2; number <= 20; number++) Send(network, one, two, number);
        Send(network, one, three, 1);
        Send(network, three, two, 1);
        await network.UntilAsync(
            () => network.At(three).NumbersFrom(one).Any() && network.At(two).NumbersFrom(three).Any(),
            "the others are reached");
        Assert.That(network.At(two).NumbersFrom(one), Is.EqualTo(new[] { 1 }));
        await MendAsync(network, one, two);

        await network.UntilAsync(() => network.At(two).NumbersFrom(one).Count() == 20, "all came");
        Assert.That(network.At(two).NumbersFrom(one), Is.EqualTo(Enumerable.Range(1, 20)));
        Assert.That(network.At(one).LinksLost(two) + network.At(two).LinksLost(one), Is.Zero);
    }

    [Test]
    public async Task Over_a_cut_of_one_way_only_what_goes_that_way_waits()
    {
        await using var network = await RealContractNetwork.StartAllAsync(2);
        var (one, two) = (network.Addresses[0], network.Addresses[1]);
        Send(network, one, two, 1);
        await network.UntilAsync(() => network.At(two).NumbersFrom(one).Any(), "the link stands");
        await network.Network.CutOffAsync(one, [two], []);
        await network.Network.CutOffAsync(two, [], [one]);

        Send(network, one, two, 2);
        for (var number = 1; number <= 20; number++) Send(network, two, one, number);
        await network.UntilAsync(() => network.At(one).NumbersFrom(two).Count() == 20, "the open way is open");
        Assert.That(network.At(two).NumbersFrom(one), Is.EqualTo(new[] { 1 }));
        await MendAsync(network, one, two);

        await network.UntilAsync(() => network.At(two).NumbersFrom(one).Count() == 2, "the other is, too");
        Assert.That(network.At(one).LinksLost(two) + network.At(two).LinksLost(one), Is.Zero);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_dial_needs_both_ways(bool isCutTowardsTheDialed)
    {
        var limits = new TransportLimits { DialTimeout = TimeSpan.FromMilliseconds(200) };
        await using var network = await RealContractNetwork.StartAllAsync(2, RealContractNetwork.Options(limits));
        var (one, two) = (network.Addresses[0], network.Addresses[1]);
        var (from, to) = isCutTowardsTheDialed ? (one, two) : (two, one);
        await network.Network.CutOffAsync(from, [to], []);
        await network.Network.CutOffAsync(to, [], [from]);

        Send(network, one, two, 1);

        await network.UntilAsync(() => network.At(one).LinksLost(two) == 1, "the dial was given up");
        Assert.That(network.At(two).Messages, Is.Empty);
    }

    [Test]
    public async Task A_dial_over_a_cut_fails_when_its_time_is_over()
    {
        var limits = new TransportLimits { DialTimeout = TimeSpan.FromMilliseconds(200) };
        await using var network = await RealContractNetwork.StartAllAsync(2, RealContractNetwork.Options(limits));
        var (one, two) = (network.Addresses[0], network.Addresses[1]);
        await CutAsync(network, one, two);

        Send(network, one, two, 1);

        await network.UntilAsync(() => network.At(one).LinksLost(two) == 1, "the dial was given up");
        Assert.That(network.At(two).Messages, Is.Empty);
    }

    [Test]
    public async Task The_end_of_a_process_behind_a_cut_is_not_seen_before_it_is_whole_again()
    {
        await using var network = await RealContractNetwork.StartAllAsync(3);
        var (one, two, three) = (network.Addresses[0], network.Addresses[1], network.Addresses[2]);
        foreach (var other in new[] { one, three }) Send(network, two, other, 1);
        await network.UntilAsync(
            () => network.At(one).Messages.Any() && network.At(three).Messages.Any(), "the links stand");
        await CutAsync(network, one, two);

        await network.CrashAsync(two);

        await network.UntilAsync(() => network.At(three).LinksLost(two) == 1, "who is not cut off sees it");
        Assert.That(network.At(one).LinksLost(two), Is.Zero);
        await MendAsync(network, one, two);
        await network.UntilAsync(() => network.At(one).LinksLost(two) == 1, "now it is seen");
    }

    [Test]
    public async Task A_node_that_is_cut_off_can_be_killed()
    {
        await using var network = await RealContractNetwork.StartAllAsync(2);
        var (one, two) = (network.Addresses[0], network.Addresses[1]);
        await CutAsync(network, one, two);
        Send(network, one, two, 1);

        await network.CrashAsync(one);
        await network.RestartAsync(one);
        await MendAsync(network, one, two);
        Send(network, one, two, 2);

        await network.UntilAsync(() => network.At(two).NumbersFrom(one).Any(), "its successor is heard");
        Assert.That(network.At(two).NumbersFrom(one), Is.EqualTo(new[] { 2 }));
    }

    private static void Send(RealContractNetwork network, NodeAddress from, NodeAddress to, int number) =>
        network.Inject(from, network.At(from).Tell((in NodeContext context) => context.Send(to, new Leave(number))));

    private static async Task CutAsync(RealContractNetwork network, NodeAddress one, NodeAddress other)
    {
        await network.Network.CutOffAsync(one, [other], [other]);
        await network.Network.CutOffAsync(other, [one], [one]);
    }

    private static async Task MendAsync(RealContractNetwork network, NodeAddress one, NodeAddress other)
    {
        await network.Network.CutOffAsync(one, [], []);
        await network.Network.CutOffAsync(other, [], []);
    }
}
