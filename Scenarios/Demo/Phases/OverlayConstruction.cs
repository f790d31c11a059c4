using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Demo;

/// <summary>Phase 3: each new member reads the list, chooses neighbors by the rule, and links to them.</summary>
internal sealed class OverlayConstruction(
    StepList steps, Majority majority, DemoRule rule, OverlayRule drawing, Act act)
{
    private readonly DemoNames names = steps.Names;
    private readonly Dictionary<NodeAddress, Newcomer> newcomers =
        steps.Names.Peers.ToDictionary(peer => peer, _ => new Newcomer());

    private readonly Dictionary<NodeAddress, int> degrees = steps.Names.Peers.ToDictionary(peer => peer, _ => 0);
    private readonly LinkEnds ends = new();

    private sealed class Newcomer
    {
        public Dictionary<NodeAddress, PeerListEntry> Known { get; } = [];

        public List<NodeAddress> Readers { get; } = [];

        public List<NodeAddress> Linked { get; } = [];

        public bool HasChosen { get; set; }

        public bool HasJoined { get; set; }
    }

    public IReadOnlyList<DemoStep> Tell()
    {
        TellBeginning();
        foreach (var moment in act.Moments)
        {
            if (moment.Input is { Kind: InputKind.Message, Message: PeerList { Purpose: PeerListPurpose.Join } list })
                Read(moment, list);
            foreach (var report in moment.Reports) Note(moment, report);
        }

        TellEnd();
        return steps.InOrder();
    }

    private void Note(DemoMoment moment, in ProtocolEvent report)
    {
        switch (report.Kind)
        {
            case EventKind.NeighborsSelected when !newcomers[moment.Node].HasChosen:
                TellChoice(moment, (NodeAddress[])report.Detail!);
                break;
            case EventKind.NeighborAdded when ends.Add(moment.Node, report.About):
                NoteLink(moment, report.About);
                break;
            case EventKind.Joined:
                newcomers[moment.Node].HasJoined = true;
                TellLinks(moment);
                break;
        }
    }

    private void Read(DemoMoment moment, PeerList list)
    {
        var newcomer = newcomers[moment.Node];
        if (newcomer.HasChosen) return;
        newcomer.Readers.Add(moment.Input.From);
        foreach (var entry in list.Entries)
        {
            if (entry.Address == moment.Node) continue;
            // As the peer merges them: the largest degree told counts.
            var degree = Math.Max(entry.Degree, newcomer.Known.GetValueOrDefault(entry.Address).Degree);
            newcomer.Known[entry.Address] = entry with { Degree = degree };
        }
    }

    private void NoteLink(DemoMoment moment, NodeAddress other)
    {
        degrees[moment.Node]++;
        degrees[other]++;
        newcomers[moment.Node].Linked.Add(other);
        if (newcomers[moment.Node].HasJoined) TellLaterLink(moment, other);
    }

    private void TellBeginning() => steps.At(act.Begin, "The same seconds again: now watch the links")
        .Says(
            "As soon as a peer is a member it looks for neighbors; it does not wait for the others. So this happened"
            + " between the votes that you have just seen, and the clock goes back to where the first peer came.",
            "Peers do not talk to everybody, only to a few neighbors. Who is linked to whom is called the overlay.",
            $"The rule chosen here: a new peer chooses its neighbors {rule.InWords}.")
        .Cites(rule.Source);

    private void TellChoice(DemoMoment moment, NodeAddress[] chosen)
    {
        var (peer, newcomer) = (moment.Node, newcomers[moment.Node]);
        newcomer.HasChosen = true;
        var table = new CandidateTable(drawing, newcomer.Known.Values, chosen);
        steps.At(moment.Time, $"{names.Big(peer)} chooses {NumberWords.Count(chosen.Length, "neighbor")}")
            .Says(
                $"{names.Big(peer)} has read the lists of {NumberWords.Count(newcomer.Readers.Count, "seed node")}"
                + $" ({DemoNames.Ports(newcomer.Readers)}) and put them together.{Overlap(newcomer.Readers.Count)} It"
                + $" knows {NumberWords.Count(table.Count, "other peer")} now.",
                $"It chooses {rule.InWords}. {table.Example(names)}".TrimEnd(),
                $"Chosen: {names.Of(chosen)}.{(table.Count == chosen.Length ? " That is everybody it knows." : "")}")
            .Cites(rule.Source)
            .About([peer, .. chosen])
            .AllSend(newcomer.Readers, peer, DemoWord.PeerList)
            .SendsToAll(peer, chosen, DemoWord.Connect, wave: 1)
            .Shows(table.Table());
    }

    private string Overlap(int read) => majority.Voters > 1 && read >= majority.Quorum
        ? " That is more than half of them, and each peer was let in by more than half: so no peer is"
            + " missing on all lists read."
        : "";

    private void TellLinks(DemoMoment moment)
    {
        var (peer, linked) = (moment.Node, newcomers[moment.Node].Linked);
        steps
            .At(
                moment.Time,
                linked.Count == 0
                    ? $"{names.Big(peer)} has nobody to link to yet"
                    : $"{names.Big(peer)} has {NumberWords.Count(linked.Count, "link")}")
            .Says(linked.Count == 0
                ? ["The lists are empty, or nobody on them can be a neighbor yet. Later ones will come."]
                :
                [
                    $"{names.Big(peer)} asked, and {names.Of(linked)} accepted. A link belongs to both"
                    + " ends: messages go both ways.",
                    peer == names.Peers[1]
                        ? "One of its links always leads to an older peer. So from everybody there is a way to the"
                            + " oldest, and the overlay hangs together."
                        : "",
                    $"Most links now: {names.Of(Best)} with {degrees[Best]}.",
                ])
            .Cites("Document 001: the graph of peers must be connected.")
            .About([peer, .. linked])
            .Links(stand: true, linked.Select(other => (peer, other)))
            .AllSend(linked, peer, DemoWord.Ack);
    }

    private void TellLaterLink(DemoMoment moment, NodeAddress other) =>
        steps.At(moment.Time, $"{names.Big(moment.Node)} links to {names.Of(other)} as well")
            .Says(
                $"{names.Big(moment.Node)} had too few links, so it looked for one more when there was somebody new.")
            .About(moment.Node, other)
            .Links(stand: true, (moment.Node, other));

    private NodeAddress[] BestFirst => [.. degrees.Keys.OrderByDescending(peer => degrees[peer]).ThenBy(peer => peer)];

    private NodeAddress Best => BestFirst[0];

    private void TellEnd()
    {
        var (least, most) = (degrees.Values.Min(), degrees.Values.Max());
        var peers = names.Peers.Count;
        steps.At(act.Moments[^1].Time, $"The overlay stands: {NumberWords.Count(peers, "peer")}, {ends.Links} links")
            .Says(
                $"{names.Big(Best)} has most links, {most}; nobody has fewer than {least}.",
                most > least
                    ? "A peer with many links is called a hub: a message comes to it early and it passes it on to many."
                        + " When it dies, many notice."
                    : "Here all have equally many; there are no hubs.",
                $"With {NumberWords.Of(peers)} peers nobody can tell whether the number of links follows a power law;"
                + " that takes hundreds.")
            .Cites("Documents 000, 001 and 003: few hubs, many leaves, faster spread.")
            .Shows(DemoTable.OfNodes(
                "Links of each peer", ["peer", "links"], BestFirst, peer => [NumberWords.Digits(degrees[peer])]));
    }
}
