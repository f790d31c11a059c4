using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Delivery: how long what left takes, and in which state and order it arrives. First in first out, whole and once,
// unless an impairment says otherwise.
public sealed partial class SimulatedNetwork
{
    private const ulong JitterStream = 0x6A69747465720001UL;
    private const ulong CorruptStream = 0x636F727275707401UL;
    private const ulong DuplicateStream = 0x6475706C69630001UL;
    private const ulong ReorderStream = 0x72656F7264657201UL;

    private readonly ulong jitterKey;
    private readonly ulong corruptKey;
    private readonly ulong duplicateKey;
    private readonly ulong reorderKey;

    private void Deliver(SimulatedNode node, SimulatedLink link, in SimulatedOutbox.Unsent unsent)
    {
        var departure = Depart(node, link, unsent.Message);
        var alone = departure + Latency(jitterKey, node, link, unsent.Number)
            + conditions.AddedLatency(node.Index, link.Other);
        var arrival = Math.Max(alone, link.LastArrival);
        if (unsent.Message is null)
        {
            link.LastArrival = Math.Max(arrival, link.LastStray);
            Push(node, link.Other, SimulatedEventKind.LinkDown, link.LastArrival, link.Connection);
            return;
        }

        if (conditions.MayDisorder)
        {
            DeliverInDisorder(node, link, unsent, alone, arrival);
            return;
        }

        link.LastArrival = arrival;
        PushMessage(node, link, unsent, arrival);
    }

    /// <param name="alone">When it would arrive if nothing had been sent before it.</param>
    private void DeliverInDisorder(
        SimulatedNode node, SimulatedLink link, in SimulatedOutbox.Unsent unsent, long alone, long arrival)
    {
        var (from, to, number) = (node.Index, link.Other, unsent.Number);
        if (Strikes(conditions.CorruptProbability(from, to), corruptKey))
        {
            link.LastArrival = arrival;
            Push(node, to, SimulatedEventKind.Corrupted, arrival, link.Connection);
            return;
        }

        if (Strikes(conditions.ReorderProbability(from, to), reorderKey))
        {
            arrival = alone + Latency(Mix64.Of(reorderKey), node, link, number);
            link.LastStray = Math.Max(link.LastStray, arrival);
        }
        else
        {
            link.LastArrival = arrival;
        }

        PushMessage(node, link, unsent, arrival);
        if (!Strikes(conditions.DuplicateProbability(from, to), duplicateKey)) return;
        var again = arrival + Latency(Mix64.Of(duplicateKey), node, link, number);
        link.LastStray = Math.Max(link.LastStray, again);
        PushMessage(node, link, unsent, again);

        bool Strikes(double probability, ulong key) => probability > 0 && Unit(key, node, link, number) < probability;
    }

    private long Latency(ulong key, SimulatedNode node, SimulatedLink link, uint number)
    {
        var model = options.Latency;
        if (model is { JitterFraction: 0, VariesPerMessage: false }) return link.BaseLatency;
        var unit = Unit(key, node, link, number);
        if (model.VariesPerMessage) return model.BaseMicroseconds(node.Index, link.Other, unit);
        return link.BaseLatency + (long)(link.BaseLatency * model.JitterFraction * unit);
    }

    private void PushMessage(
        SimulatedNode node, SimulatedLink link, in SimulatedOutbox.Unsent unsent, long arrival) =>
        Push(node, link.Other, SimulatedEventKind.Message, arrival, link.Connection, unsent.Message, unsent.Hops);

    /// <summary>What arrives damaged reaches no node: its receiver closes the link, and both ends hear.</summary>
    private void ReceiveCorrupted(SimulatedNode node, in SimulatedEvent input)
    {
        if (node.Process is null || !node.Links.TryGetValue(input.Sender, out var link)
            || !link.IsKnownAs(input.Connection))
        {
            Answer(node, input.Sender, input.Connection);
            return;
        }

        node.Links.Remove(input.Sender);
        ResetOtherEnd(node, link);
        var sender = nodes[input.Sender].Address;
        ReportOf(node, new ProtocolEvent(EventKind.InputRefused, sender, Detail: "damaged on the way"));
        TellLinkDown(node, input);
    }
}
