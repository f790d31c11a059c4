using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>Phase 4: one message on its way to everybody, with each copy that comes again and is dropped.</summary>
internal sealed class GossipDissemination(StepList steps, GossipAct act)
{
    /// <summary>Our choice: more dropped copies than that are only counted.</summary>
    private const int DropsTold = 40;

    private readonly DemoNames names = steps.Names;
    private readonly HashSet<NodeAddress> have = [];
    private int copies;
    private int drops;
    private int mostHops;
    private Instant lastFirst;

    public IReadOnlyList<DemoStep> Tell()
    {
        foreach (var moment in act.Moments)
        {
            copies += moment.Sent<Gossip>().Count();
            foreach (var report in moment.Reports) Note(moment, report);
        }

        TellEnd();
        return steps.InOrder();
    }

    private void Note(DemoMoment moment, in ProtocolEvent report)
    {
        switch (report.Kind)
        {
            case EventKind.GossipPublished: TellPublished(moment, (Gossip)report.Detail!); break;
            case EventKind.GossipDelivered: TellDelivered(moment, report.About, (int)report.Number); break;
            case EventKind.GossipDuplicate: TellDropped(moment, report.About); break;
        }
    }

    private string Reached => $"{have.Count} of {names.Peers.Count}";

    private void Receive(DemoMoment moment)
    {
        have.Add(moment.Node);
        lastFirst = moment.Time;
    }

    private void TellPublished(DemoMoment moment, Gossip gossip)
    {
        Receive(moment);
        steps.At(moment.Time, $"{names.Big(moment.Node)} has something to say")
            .Says(
                $"{names.Big(moment.Node)} makes a message and gives a copy to each of its"
                + $" {NumberWords.Count(act.Degrees[moment.Node], "neighbor")}. It does not know the others, and it"
                + " need not: each who hears the message for the first time passes it on.",
                $"The message is called {gossip.Id}: time, address and number. So everybody can tell whether it has"
                + " heard it before.")
            .Cites("Document 003: message id <timestamp>:<IP>:<Port>:<Msg#>.")
            .About(moment.Node)
            .Looks(DemoLook.HasMessage, moment.Node)
            .Shows(Count());
    }

    private void TellDelivered(DemoMoment moment, NodeAddress from, int hops)
    {
        Receive(moment);
        mostHops = Math.Max(mostHops, hops);
        var passedOn = moment.Sent<Gossip>().Select(sent => sent.To).ToArray();
        steps.At(moment.Time, $"{names.Big(moment.Node)} hears it for the first time")
            .Says(
                $"It comes from {names.Of(from)}, after {NumberWords.Count(hops, "hop")}."
                + $" {names.Big(moment.Node)} notes it in its message list, and passes it on to"
                + $" {(passedOn.Length == 0 ? "nobody: it has no other neighbor" : names.Of(passedOn))}"
                + $", not back to {from.Port}.",
                $"Reached: {Reached} peers.")
            .Cites("Documents 000 to 004: flood to the neighbors, forward on first receipt only; 001: except to the"
                + " sender.")
            .About(moment.Node, from)
            .Looks(DemoLook.HasMessage, moment.Node)
            .Sends(from, moment.Node, DemoWord.Gossip)
            .Shows(Count());
    }

    private void TellDropped(DemoMoment moment, NodeAddress from)
    {
        drops++;
        if (drops > DropsTold) return;
        steps.At(moment.Time, $"{names.Big(moment.Node)} hears it again and drops it")
            .Says(
                $"A copy from {names.Of(from)} arrives, but {names.Of(moment.Node)} has this message in its list"
                + " already. It drops the copy and passes nothing on: that is how the spreading comes to an end.",
                drops == 1
                    ? "A copy too many is no mistake. Had the way on which the first one came been cut, this one would"
                        + " have brought the message."
                    : "",
                $"Dropped so far: {drops}. Reached: {Reached} peers.")
            .Cites("Documents 000, 001, 003 and 004: a Message List of hashes, for duplicates.")
            .About(moment.Node, from)
            .Sends(from, moment.Node, DemoWord.Duplicate)
            .Shows(Count());
    }

    private DemoTable Count() => new(
        "The message so far",
        ["what", "how many"],
        [
            ["peers that have it", Reached],
            ["copies sent", NumberWords.Digits(copies)],
            ["first receipts", NumberWords.Digits(have.Count - 1)],
            ["copies dropped", NumberWords.Digits(drops)],
        ],
        []);

    private void TellEnd()
    {
        var needed = names.Peers.Count - 1;
        var milliseconds = (lastFirst - act.Begin).TotalMilliseconds;
        steps.At(act.Moments[^1].Time, $"All {NumberWords.Of(names.Peers.Count)} peers have the message")
            .Says(
                $"It took {milliseconds:0} milliseconds and at most {NumberWords.Count(mostHops, "hop")}.",
                $"Sent were {copies} copies; {needed} would have been enough if everybody had known in advance who"
                + $" lacks it. The other {copies - needed} came again and were dropped."
                + " That is the price for needing no plan and no leader, and for reaching everybody even when some"
                + " links or peers fail on the way.",
                drops > DropsTold ? $"Only the first {DropsTold} of the dropped copies were shown one by one." : "")
            .Cites("Document 003: one message every 5 s, at most 10 per peer. Here it is one in all, so that you can"
                + " follow it.")
            .Shows(Count());
    }
}
