using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// What nodes may rely on, whatever carries their messages: the simulator and TCP pass the same tests.
/// </summary>
internal abstract class TransportContract
{
    private const int Many = 500;

    /// <summary>A network of so many scripted peers, not started.</summary>
    protected abstract Task<ContractNetwork> BuildAsync(int nodes);

    /// <summary>A message that carries a number.</summary>
    protected virtual Message Numbered(int number) => new Leave(number);

    /// <summary>A message that nodes pass on unchanged.</summary>
    protected virtual Message Travelling(NodeAddress origin) => new Gossip(
        $"1700000000.5:{origin}:1", origin, 1, 1, "text with \"quotes\", newline \n and \u00FC");

    [Test]
    public async Task Messages_of_a_link_arrive_once_and_in_order()
    {
        await using var network = await StartAllAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);

        network.Do(a, (in context) => SendMany(context, b));
        network.Do(b, (in context) => SendMany(context, a));
        await network.UntilHeardAsync(b, a, Many - 1);
        await network.UntilHeardAsync(a, b, Many - 1);

        Assert.That(network.At(b).NumbersFrom(a), Is.EqualTo(Enumerable.Range(0, Many)));
        Assert.That(network.At(a).NumbersFrom(b), Is.EqualTo(Enumerable.Range(0, Many)));
    }

    [Test]
    public async Task A_closed_link_is_told_to_the_other_end_only_and_after_its_last_message()
    {
        await using var network = await StartAllAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.Do(b, (in context) => context.Send(a, Numbered(1)));
        await network.UntilHeardAsync(a, b, 1);

        network.Do(a, (in context) =>
        {
            SendMany(context, b);
            context.Close(b);
        });
        await network.UntilLinkLostAsync(b, a);

        Assert.That(network.At(b).NumbersFrom(a), Is.EqualTo(Enumerable.Range(0, Many)));
        Assert.That(network.At(b).Log[^1].Kind, Is.EqualTo("linkDown"));
        Assert.That(network.At(a).LinksLost(b), Is.Zero);
    }

    [Test]
    public async Task What_is_sent_and_closed_before_the_link_stands_still_arrives()
    {
        await using var network = await StartAllAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);

        network.Do(a, (in context) =>
        {
            context.Send(b, Numbered(1));
            context.Close(b);
        });
        await network.UntilLinkLostAsync(b, a);

        Assert.That(network.At(b).NumbersFrom(a), Is.EqualTo(new[] { 1 }));
        Assert.That(network.At(a).LinksLost(b), Is.Zero);
    }

    [Test]
    public async Task After_a_close_the_next_message_goes_over_a_new_link()
    {
        await using var network = await StartAllAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.Do(a, (in context) => context.Send(b, Numbered(1)));
        await network.UntilHeardAsync(b, a, 1);

        network.Do(a, (in context) =>
        {
            context.Send(b, Numbered(2));
            context.Close(b);
            context.Send(b, Numbered(3));
        });
        await network.UntilHeardAsync(b, a, 3);

        var log = network.At(b).Log.Where(entry => entry.From == a)
            .Select(entry => entry.Message is null ? 0 : entry.Number);
        Assert.That(log, Is.EqualTo(new[] { 1, 2, 0, 3 }), "0 is the end of the first link");
        Assert.That(network.At(a).LinksLost(b), Is.Zero);
    }

    [Test]
    public async Task After_a_close_nothing_more_arrives_from_the_old_link()
    {
        await using var network = await StartAllAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.Do(b, (in context) => context.Send(a, Numbered(1)));
        await network.UntilHeardAsync(a, b, 1);

        network.Do(a, (in context) => context.Close(b));
        network.Do(b, (in context) => context.Send(a, Numbered(2)));   // on the old link, or on a new one
        await network.UntilLinkLostAsync(b, a);
        network.Do(b, (in context) => context.Send(a, Numbered(3)));
        await network.UntilHeardAsync(a, b, 3);

        Assert.That(network.At(a).NumbersFrom(b), Is.EqualTo(new[] { 1, 3 }).Or.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(network.At(a).LinksLost(b), Is.Zero.Or.EqualTo(1));
    }

    [Test]
    public async Task A_dial_to_nobody_is_told_as_a_link_that_ended()
    {
        await using var network = await BuildAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        await network.StartAsync(a);

        network.Do(a, (in context) => context.Send(b, Numbered(1)));
        await network.UntilLinkLostAsync(a, b);

        Assert.That(network.At(a).LinksLost(b), Is.EqualTo(1));
    }

    [Test]
    public async Task A_crash_is_told_to_all_neighbors_and_to_nobody_else()
    {
        await using var network = await StartAllAsync(4);
        var (hub, a) = (network.Addresses[0], network.Addresses[1]);
        var (b, stranger) = (network.Addresses[2], network.Addresses[3]);
        network.Do(a, (in context) => context.Send(hub, Numbered(1)));
        network.Do(hub, (in context) => context.Send(b, Numbered(2)));
        await network.UntilHeardAsync(hub, a, 1);
        await network.UntilHeardAsync(b, hub, 2);

        await network.CrashAsync(hub);
        await network.UntilLinkLostAsync(a, hub);
        await network.UntilLinkLostAsync(b, hub);

        Assert.That(network.At(stranger).LinksLost(hub), Is.Zero);
    }

    [Test]
    public async Task A_restarted_node_is_another_process_and_can_be_reached_again()
    {
        await using var network = await StartAllAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.Do(a, (in context) => context.Send(b, Numbered(1)));
        await network.UntilHeardAsync(b, a, 1);
        var before = network.At(b).Start.NodeId;

        await network.CrashAsync(b);
        await network.UntilLinkLostAsync(a, b);
        await network.RestartAsync(b);
        network.Do(a, (in context) => context.Send(b, Numbered(2)));
        await network.UntilHeardAsync(b, a, 2);

        Assert.That(network.At(b).Start.NodeId, Is.Not.EqualTo(before));
        Assert.That(network.At(b).NumbersFrom(a), Is.EqualTo(new[] { 2 }), "nothing of before the crash comes back");
        Assert.That(network.At(a).LinksLost(b), Is.EqualTo(1));
    }

    [Test]
    public async Task Two_nodes_that_dial_each_other_at_once_lose_nothing_and_get_nothing_twice()
    {
        const int Nodes = 8;
        await using var network = await StartAllAsync(Nodes);

        foreach (var address in network.Addresses)
        {
            network.Do(address, (in context) =>
            {
                for (var number = 0; number < 20; number++)
                    foreach (var other in network.Addresses)
                        if (other != context.Self) context.Send(other, Numbered(number));
            });
        }

        foreach (var to in network.Addresses)
            foreach (var from in network.Addresses.Where(from => from != to))
                await network.UntilHeardAsync(to, from, 19);

        foreach (var to in network.Addresses)
        {
            foreach (var from in network.Addresses.Where(from => from != to))
                Assert.That(network.At(to).NumbersFrom(from), Is.EqualTo(Enumerable.Range(0, 20)),
                    $"from {from} to {to}");
            Assert.That(network.At(to).Log.Count(entry => entry.Kind == "linkDown"), Is.Zero);
        }
    }

    [Test]
    public async Task What_was_persisted_before_a_message_left_survives_a_crash_once_the_message_arrived()
    {
        await using var network = await StartAllAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);

        network.Do(a, (in context) =>
        {
            context.Send(b, Numbered(1));
            context.Persist(new StoreRecord(77));   // in the same input: durable first, whatever the order of calls
        });
        await network.UntilHeardAsync(b, a, 1);
        await network.CrashAsync(a);
        await network.RestartAsync(a);

        Assert.That(network.At(a).Start.Disk, Is.EqualTo(new[] { new StoreRecord(77) }));
    }

    [Test]
    public async Task A_timer_never_fires_early()
    {
        await using var network = await StartAllAsync(1);
        var a = network.Addresses[0];
        var spans = new[] { 0, 1, 3, 10, 10, 50, 2, 25 };
        var setAt = default(Instant);

        network.Do(a, (in context) =>
        {
            setAt = context.Now;
            for (var index = 0; index < spans.Length; index++)
            {
                var timer = new ProtocolTimer(TimerKind.Liveness, Round: index);
                context.SetTimer(timer, TimeSpan.FromMilliseconds(spans[index]));
            }
        });
        await network.UntilAsync(
            () => network.At(a).Log.Count(entry => entry.Kind == "timer") == spans.Length, "all timers fire");

        var fired = network.At(a).Log.Where(entry => entry.Kind == "timer").ToList();
        Assert.That(fired.Select(entry => entry.Timer.Round), Is.EquivalentTo(Enumerable.Range(0, spans.Length)));
        foreach (var entry in fired)
            Assert.That((entry.Now - setAt).TotalMilliseconds, Is.GreaterThanOrEqualTo(spans[(int)entry.Timer.Round]));
    }

    [Test]
    public async Task Forwarding_adds_a_hop_and_nothing_else()
    {
        await using var network = await StartAllAsync(3);
        var (a, b, c) = (network.Addresses[0], network.Addresses[1], network.Addresses[2]);
        var travelling = Travelling(a);
        network.At(b).OnHeard = (in envelope, in context) => context.Forward(envelope, c);

        network.Do(a, (in context) => context.Send(b, travelling));
        await network.UntilAsync(() => network.At(c).Messages.Any(), $"{c} hears the message");

        var first = network.At(b).Messages.Single();
        var second = network.At(c).Messages.Single();
        Assert.That((first.From, first.Hops, first.Message), Is.EqualTo((a, 1, travelling)));
        Assert.That((second.From, second.Hops, second.Message), Is.EqualTo((b, 2, travelling)));
    }

    private void SendMany(in NodeContext context, NodeAddress to)
    {
        for (var number = 0; number < Many; number++) context.Send(to, Numbered(number));
    }

    private async Task<ContractNetwork> StartAllAsync(int nodes)
    {
        var network = await BuildAsync(nodes);
        foreach (var address in network.Addresses) await network.StartAsync(address);
        return network;
    }
}
