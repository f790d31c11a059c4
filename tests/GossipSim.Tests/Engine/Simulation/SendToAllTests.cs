using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// One message to all neighbors is what one to each of them is: over links that stand, over links that are lossy or
/// cut, and behind a disk that is being written.
/// </summary>
[TestFixture]
internal sealed class SendToAllTests
{
    private const int Leaves = 12;

    private static readonly NodeAddress hub = Overlays.Peer(0);

    [Test]
    public void Sending_to_all_is_sending_to_one_after_the_other(
        [Values(0, 0.2)] double loss, [Values] bool persists, [Values] bool isCut)
    {
        var oneByOne = Run(new Style(AtOnce: false, persists), loss, isCut, asker: hub);
        var atOnce = Run(new Style(AtOnce: true, persists), loss, isCut, asker: hub);

        Assert.That(atOnce.Fingerprint, Is.EqualTo(oneByOne.Fingerprint));
        Assert.That(atOnce.Messages, Is.EqualTo(oneByOne.Messages));
        // The hub asks all, all answer the hub alone, and it tells all but the first of them what that one said.
        if (!isCut) Assert.That(atOnce.Messages, Is.EqualTo(2 * (Leaves + Leaves + Leaves - 1)));
    }

    [Test]
    public void The_neighbors_of_another_node_are_not_taken_for_its_own()
    {
        var oneByOne = Run(new Style(AtOnce: false, Persists: false), loss: 0, isCut: false, asker: Overlays.Peer(1));
        var atOnce = Run(new Style(AtOnce: true, Persists: false), loss: 0, isCut: false, asker: Overlays.Peer(1));

        Assert.That(atOnce.Fingerprint, Is.EqualTo(oneByOne.Fingerprint));
        Assert.That(atOnce.Messages, Is.GreaterThan(2 * 2 * (Leaves - 1)), "twice, to all leaves but itself and back");
    }

    [Test]
    public void Neighbors_are_the_same_by_address_and_by_overlay([Values(-1, 0, 4)] int except)
    {
        var overlay = Overlays.Star(Leaves);
        var addresses = Enumerable.Range(1, Leaves).Select(Overlays.Peer).ToArray();
        var (byAddress, byOverlay) = (Recorder(), Recorder());

        ((ITransport)byAddress).SendToAll(hub, new Recipients(addresses, except), new Disconnect(), hops: 1);
        ((ITransport)byOverlay).SendToAll(
            hub, new Recipients(overlay, Overlays.Hub, except), new Disconnect(), hops: 1);

        var expected = addresses.Where((_, place) => place != except);
        Assert.That(byAddress.RecipientsOf<Disconnect>(), Is.EqualTo(expected));
        Assert.That(byOverlay.RecipientsOf<Disconnect>(), Is.EqualTo(expected));
    }

    private static RecordingHost Recorder() => new(_ => new Mute(), Overlays.StartOf(0));

    /// <summary>Two rounds; between them, if asked to, a link of the hub is cut for longer than it can bear.</summary>
    private static SimulatedNetwork Run(Style style, double loss, bool isCut, NodeAddress asker)
    {
        var overlay = Overlays.Star(Leaves);
        var network = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = overlay.Plan,
                Factories = _ => start => new Asker(style, overlay, start.Address),
                RandomSeed = Overlays.RandomSeed,
                Latency = new UniformLatency(10, 100),
                Overlay = overlay,
                LossProbability = loss,
            },
            new Nobody());
        for (var peer = 0; peer <= Leaves; peer++) network.StartAt(Instant.Zero, Overlays.Peer(peer));
        network.InjectAt(Instant.FromSeconds(1), asker, new ProtocolTimer(TimerKind.StartPublishing));
        network.RunUntil(Instant.FromSeconds(5));
        if (isCut)
            network.Impair("cut", new Impairment(new LinksOf([Overlays.Peer(3)])) { Cuts = true });
        network.InjectAt(Instant.FromSeconds(6), asker, new ProtocolTimer(TimerKind.StartPublishing));
        network.RunUntil(Instant.FromSeconds(40));
        return network;
    }

    private sealed record Style(bool AtOnce, bool Persists);

    /// <summary>It asks all leaves; the first answer goes on to all but who gave it.</summary>
    private sealed class Asker(Style style, StandingOverlay overlay, NodeAddress self) : Node
    {
        private readonly int node = overlay.Plan.IndexOf(self);
        private bool isAsking;

        public override void OnStart(in NodeContext context)
        {
        }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
            isAsking = true;
            if (style.Persists) context.Persist(new StoreRecord((ulong)timer.Kind));
            var question = new IWant([]);
            if (style.AtOnce)
            {
                context.SendToAll(new Recipients(overlay, Overlays.Hub), question);
                return;
            }

            foreach (var end in overlay.NeighborsOf(Overlays.Hub)) context.Send(overlay.Plan[end], question);
        }

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
            if (style.Persists) context.Persist(new StoreRecord((ulong)envelope.Hops));
            if (envelope.Message is IWant) context.Send(envelope.From, new Disconnect());
            if (!isAsking || envelope.Message is not Disconnect) return;
            isAsking = false;
            var except = overlay.PlaceOf(envelope.From, node);
            if (style.AtOnce)
            {
                context.ForwardToAll(envelope, new Recipients(overlay, node, except));
                return;
            }

            foreach (var end in overlay.NeighborsOf(node))
                if (overlay.Plan[end] != envelope.From) context.Forward(envelope, overlay.Plan[end]);
        }
    }

    private sealed class Mute : Node
    {
        public override void OnStart(in NodeContext context)
        {
        }

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
        }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
        }
    }
}
