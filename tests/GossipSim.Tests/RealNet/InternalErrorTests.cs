using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Hosting;
using GossipSim.RealNet.Processes;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>
/// What an internal error does: a handler that throws makes its node start again from its disk, what cannot be sent is
/// dropped, and a node that cannot start is stopped.
/// </summary>
[TestFixture]
internal sealed class InternalErrorTests
{
    [Test]
    public async Task A_handler_that_throws_makes_its_node_start_again_from_its_disk()
    {
        await using var network = await RealContractNetwork.StartAllAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        var errors = new ConcurrentQueue<InternalError>();
        network.Network.Failed += errors.Enqueue;
        network.Do(a, (in context) =>
        {
            context.Persist(new StoreRecord(5));
            context.Send(b, new Leave(1));
        });
        await network.UntilHeardAsync(b, a, 1);
        var before = network.At(a);
        before.OnHeard = (in _, in context) =>
        {
            // Half of what the handler wanted: none of it may be seen by anybody.
            context.Persist(new StoreRecord(6));
            context.Send(b, new Leave(99));
            throw new InvalidOperationException("a mistake");
        };

        network.Do(b, (in context) => context.Send(a, new Leave(2)));
        await Patience.UntilAsync(() => network.At(a) != before, $"{a} starts again");
        await Patience.UntilAsync(() => network.At(b).LinksLost(a) > 0, $"{b} is told that {a} is gone");
        network.Do(b, (in context) => context.Send(a, new Leave(3)));
        await Patience.UntilAsync(() => network.At(a).NumbersFrom(b).Contains(3), $"{a} hears again");

        var error = errors.Single();
        Assert.That((error.Node, error.Error.Message, error.Outcome),
            Is.EqualTo((a, "a mistake", InternalErrorOutcome.NodeRestarted)));
        Assert.That(network.Network.Counters.InternalErrors, Is.EqualTo(1));
        Assert.That(network.Network.Broken.IsCompleted, Is.False);
        Assert.That(network.At(a).Start.Disk, Is.EqualTo(new[] { new StoreRecord(5) }));
        Assert.That(network.At(a).Start.NodeId, Is.Not.EqualTo(before.Start.NodeId));
        Assert.That(network.At(b).NumbersFrom(a), Is.EqualTo(new[] { 1 }));
        Assert.That(network.Events.Where(entry => entry.Node == a).Select(entry => entry.Event.Kind),
            Is.EqualTo(new[] { EventKind.ProcessStarted, EventKind.ProcessCrashed, EventKind.ProcessStarted }));
    }

    [Test]
    public async Task A_node_that_fails_again_and_again_starts_each_time_and_the_run_may_crash_it_while_it_is_down()
    {
        var limits = new TransportLimits { FirstRestartPause = TimeSpan.FromMilliseconds(20) };
        await using var network = await RealContractNetwork.StartAllAsync(1, RealContractNetwork.Options(limits));
        var node = network.Addresses[0];
        for (var failure = 0; failure < 4; failure++)
        {
            var before = network.At(node);
            network.Do(node, (in _) => throw new InvalidOperationException("a mistake"));
            await Patience.UntilAsync(() => network.At(node) != before, $"start after failure {failure}");
        }

        var last = network.At(node);
        network.Do(node, (in _) => throw new InvalidOperationException("a mistake"));
        await Patience.UntilAsync(() => !network.Network.IsRunning(node), "it is down");
        await network.CrashAsync(node);
        await network.RestartAsync(node);
        Assert.That(network.At(node), Is.Not.SameAs(last));
        Assert.That(network.Network.IsRunning(node));
    }

    [Test]
    public void A_node_stays_down_twice_as_long_after_each_failure_and_no_longer_than_the_longest()
    {
        var limits = new TransportLimits
        {
            FirstRestartPause = TimeSpan.FromSeconds(1), LongestRestartPause = TimeSpan.FromSeconds(5),
            RestartPauseMemory = TimeSpan.FromSeconds(60),
        };
        var pause = new RestartPause(limits);

        // The last of them after a quiet minute.
        var pauses = new[] { 100, 110, 120, 130, 191 }.Select(second => pause.After(new Instant(second * 1_000_000L)));

        Assert.That(pauses.Select(span => span.TotalSeconds), Is.EqualTo(new[] { 1, 2, 4, 5, 1 }));
    }

    [Test]
    public async Task A_node_that_cannot_start_is_stopped_and_the_run_hears_of_it()
    {
        var node = FreeAddresses.Take(1)[0];
        await using var network = new RealNetwork(
            RealContractNetwork.Options(), [new Placement(node, HostedRole.Peer, _ => new StillbornNode())],
            new UnheardTrace());

        await network.OpenAsync();
        await network.StartAsync(node);
        await Patience.UntilEndedAsync(network.Broken, "the run hears of it");

        var broken = await network.Broken;
        Assert.That((broken.Node, broken.Error.Message, broken.Outcome),
            Is.EqualTo((node, "no start", InternalErrorOutcome.NodeStopped)));
        await Patience.UntilAsync(() => !network.IsRunning(node), "it is stopped");
    }

    [Test]
    public async Task A_message_that_fits_no_line_is_dropped_and_its_node_goes_on()
    {
        await using var network = await RealContractNetwork.StartAllAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        var errors = new ConcurrentQueue<InternalError>();
        network.Network.Failed += errors.Enqueue;

        network.Do(a, (in context) =>
        {
            context.Send(b, new Leave(1));
            context.Send(b, new Gossip("id", a, 1, 1, new string('x', 70_000)));
            context.Send(b, new Leave(2));
        });
        await Patience.UntilAsync(() => network.At(b).NumbersFrom(a).Contains(2), $"{b} hears what comes behind it");

        Assert.That(network.At(b).Messages.Count(), Is.EqualTo(2));
        Assert.That(errors.Single().Outcome, Is.EqualTo(InternalErrorOutcome.MessageDropped));
        Assert.That(() => network.Network.Tell(a, new Publish(new string('\u007f', WireLength.LongestText))),
            Throws.Nothing);
        Assert.That(() => network.Network.Tell(a, new Publish(new string('x', WireLength.LongestText + 1))),
            Throws.ArgumentException);
    }

    /// <summary>
    /// Closing a link promotes the connection that waits behind it, which holds a message: the node must not handle it
    /// while its own outputs are still being sent.
    /// </summary>
    [Test]
    public async Task A_message_held_behind_a_closed_link_is_handled_when_the_outputs_have_left()
    {
        await using var network = await RealContractNetwork.StartAllAsync(1);
        var other = new RawListener().Address;
        var node = network.Addresses[0];
        network.At(node).OnHeard = (in envelope, in context) => context.Send(envelope.From, new Leave(7));
        using var first = new RawClient(node);
        first.Write(RawClient.Hello(other));
        Assert.That(first.ReadLine(), Does.Contain("HELLO"));
        using var second = new RawClient(node);
        second.Write(RawClient.Hello(other) + RawClient.Leave(5));
        // Two claims, their confirmations, and the message that the second connection holds.
        await network.UntilAsync(() => network.Network.Counters.FramesReceived == 5, "it is held");

        network.Do(node, (in context) =>
        {
            context.Close(other);
            for (var number = 1; number <= 3; number++) context.Send(other, new Leave(number));
        });

        Assert.That(second.ReadLine(), Does.Contain("HELLO"));
        foreach (var number in new[] { 1, 2, 3, 7 })
            Assert.That(second.ReadLine(), Does.Contain($"\"epoch\":{number}}}"));
        Assert.That(network.Network.Counters.InternalErrors, Is.Zero);
    }

    [Test]
    public async Task The_process_of_one_node_tells_the_error_and_goes_on_with_the_next_start()
    {
        var address = FreeAddresses.Take(1)[0];
        ScriptedNode? node = null;
        var orders = new Pipe();
        var words = new Pipe();
        var placement = new Placement(address, HostedRole.Peer, start => node = new ScriptedNode(start))
        {
            FirstStart = 3,
        };
        await using var child = new HostedChild(
            RealContractNetwork.Options(), placement, new StreamReader(orders.Reader.AsStream()),
            words.Writer.AsStream());
        var running = child.RunAsync();
        var heard = new ConcurrentQueue<Word>();
        _ = Task.Run(async () =>
        {
            using var lines = new StreamReader(words.Reader.AsStream());
            while (await lines.ReadLineAsync() is { } line) heard.Enqueue(Word.Read(Encoding.UTF8.GetBytes(line)));
        });
        await Patience.UntilAsync(() => Heard(WordKind.Ready).Any(), "it has its port");
        Tell(new Order(OrderKind.Start));
        await Patience.UntilAsync(() => Heard(WordKind.Started).Any(), "it has started");
        var before = node!;

        Tell(Order.Inject(before.Tell((in _) => throw new InvalidOperationException("a mistake"))));
        await Patience.UntilAsync(
            () => node != before && Starts().Count() == 2 && Heard(WordKind.Traffic).Any(word =>
                word.ToTraffic().InternalErrors == 1), "it tells, and goes on");
        Tell(new Order(OrderKind.Stop));
        await Patience.UntilEndedAsync(running, "it stops");

        var error = Heard(WordKind.Failed).Single().ToInternalError(address);
        Assert.That((error.Error.Message, error.Outcome),
            Is.EqualTo(("a mistake", InternalErrorOutcome.NodeRestarted)));
        Assert.That(Starts(), Is.EqualTo(new long[] { 3, 4 }));

        IEnumerable<Word> Heard(WordKind kind) => heard.Where(word => word.Say == kind);
        IEnumerable<long> Starts() => Heard(WordKind.Event)
            .Where(word => word.Kind == EventKind.ProcessStarted).Select(word => word.Number);
        void Tell(Order order)
        {
            orders.Writer.WriteAsync(Encoding.UTF8.GetBytes(order.ToLine() + "\n")).AsTask().GetAwaiter().GetResult();
        }
    }

    private sealed class StillbornNode : Node
    {
        public override void OnStart(in NodeContext context) => throw new InvalidOperationException("no start");

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
        }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
        }
    }

    private sealed class UnheardTrace : ITrace
    {
        public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
        {
        }
    }
}
