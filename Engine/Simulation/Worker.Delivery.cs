using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Delivery: how long what left takes, and in which state and order it arrives. First in first out, whole and once,
// unless an impairment says otherwise.
internal sealed partial class Worker
{
    private void Deliver(ref SimulatedNode node, SimulatedLink link, in SimulatedOutbox.Unsent unsent)
    {
        var departure = Depart(ref node, link, unsent.Message);
        var alone = departure + Latency(world.JitterKey, ref node, link, unsent.Number)
            + conditions.AddedLatency(node.Index, link.Other);
        var arrival = Math.Max(alone, link.LastArrival);
        if (unsent.Message is null)
        {
            link.LastArrival = Math.Max(arrival, link.LastStray);
            Push(ref node, link.Other, SimulatedEventKind.LinkDown, link.LastArrival, link.Connection);
            return;
        }

        if (conditions.MayDisorder)
        {
            DeliverInDisorder(ref node, link, unsent, alone, arrival);
            return;
        }

        link.LastArrival = arrival;
        PushMessage(ref node, link, unsent, arrival);
    }

    /// <param name="alone">When it would arrive if nothing had been sent before it.</param>
    private void DeliverInDisorder(
        ref SimulatedNode node, SimulatedLink link, in SimulatedOutbox.Unsent unsent, long alone, long arrival)
    {
        var (from, to, number) = (node.Index, link.Other, unsent.Number);
        if (Strikes(ref node, conditions.CorruptProbability(from, to), world.CorruptKey))
        {
            link.LastArrival = arrival;
            Push(ref node, to, SimulatedEventKind.Corrupted, arrival, link.Connection);
            return;
        }

        if (Strikes(ref node, conditions.ReorderProbability(from, to), world.ReorderKey))
        {
            arrival = alone + Latency(Mix64.Of(world.ReorderKey), ref node, link, number);
            link.LastStray = Math.Max(link.LastStray, arrival);
        }
        else
        {
            link.LastArrival = arrival;
        }

        PushMessage(ref node, link, unsent, arrival);
        if (!Strikes(ref node, conditions.DuplicateProbability(from, to), world.DuplicateKey)) return;
        var again = arrival + Latency(Mix64.Of(world.DuplicateKey), ref node, link, number);
        link.LastStray = Math.Max(link.LastStray, again);
        PushMessage(ref node, link, unsent, again);

        bool Strikes(ref SimulatedNode sender, double probability, ulong key) =>
            probability > 0 && Unit(key, ref sender, link, number) < probability;
    }

    private long Latency(ulong key, ref SimulatedNode node, SimulatedLink link, uint number)
    {
        var model = world.Options.Latency;
        if (model is { JitterFraction: 0, VariesPerMessage: false }) return link.BaseLatency;
        var unit = Unit(key, ref node, link, number);
        if (model.VariesPerMessage) return model.BaseMicroseconds(node.Index, link.Other, unit);
        return model.Jittered(link.BaseLatency, unit);
    }

    private void PushMessage(
        ref SimulatedNode node, SimulatedLink link, in SimulatedOutbox.Unsent unsent, long arrival) =>
        PushMessage(
            new QueuedEvent(
                arrival, link.Other, node.Index, ParcelOf(unsent.Message!), link.Connection, unsent.Hops),
            arrival);

    /// <summary>What arrives damaged reaches no node: its receiver closes the link, and both ends hear.</summary>
    private void ReceiveCorrupted(ref SimulatedNode node, in SimulatedEvent input)
    {
        var links = NeedLinks(ref node);
        if (node.Process is null || links.Find(input.Sender) is not { } link || !link.IsKnownAs(input.Connection))
        {
            Answer(ref node, input.Sender, input.Connection);
            return;
        }

        links.Remove(input.Sender);
        ResetOtherEnd(ref node, link);
        var sender = AddressOf(input.Sender);
        ReportOf(ref node, new ProtocolEvent(EventKind.InputRefused, sender, Detail: "damaged on the way"));
        TellLinkDown(ref node, input);
    }
}
