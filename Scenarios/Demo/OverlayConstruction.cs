using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Demo;

/// <summary>Phase 3: each new member reads the list, chooses neighbors by the rule, and links to them.</summary>
internal sealed class OverlayConstruction(DemoNames names, Majority majority, DemoRule rule, OverlayRule drawing)
{
    private readonly StepList steps = new(names);
    private readonly Dictionary<NodeAddress, Newcomer> newcomers = [];
    private readonly Dictionary<NodeAddress, int> degrees = names.Peers.ToDictionary(peer => peer, _ => 0);
    private readonly HashSet<(NodeAddress One, NodeAddress Other)> links = [];

    private sealed class Newcomer
    {
        public Dictionary<NodeAddress, PeerListEntry> Known { get; } = [];

        public List<NodeAddress> Readers { get; } = [];

        public List<NodeAddress> Linked { get; } = [];

        public bool HasChosen { get; set; }

        public bool HasJoined { get; set; }
    }

    public IReadOnlyList<DemoStep> Tell(Act act)
    {
        TellBeginning(act.Begin);
        foreach (var moment in act.Moments)
        {
            if (moment.Input is { Kind: InputKind.Message, Message: PeerList { Purpose: PeerListPurpose.Join } list })
                Read(moment, list);
            foreach (var report in moment.Reports) Note(moment, report);
        }

        TellEnd(act.Moments[^1].Time);
        return steps.InOrder();
    }

    private void Note(DemoMoment moment, in ProtocolEvent report)
    {
        switch (report.Kind)
        {
            case EventKind.NeighborsSelected when !NewcomerAt(moment.Node).HasChosen:
                TellChoice(moment, (NodeAddress[])report.Detail!);
                break;
            case EventKind.NeighborAdded when Add(moment.Node, report.About):
                NewcomerAt(moment.Node).Linked.Add(report.About);
                if (NewcomerAt(moment.Node).HasJoined) TellLaterLink(moment, report.About);
                break;
            case EventKind.Joined:
                NewcomerAt(moment.Node).HasJoined = true;
                TellLinks(moment);
                break;
        }
    }

    private Newcomer NewcomerAt(NodeAddress peer)
    {
        if (!newcomers.TryGetValue(peer, out var newcomer)) newcomers.Add(peer, newcomer = new Newcomer());
        return newcomer;
    }

    private void Read(DemoMoment moment, PeerList list)
    {
        var newcomer = NewcomerAt(moment.Node);
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

    /// <summary>Both ends report a link; whether this is the second of them.</summary>
    private bool Add(NodeAddress at, NodeAddress neighbor)
    {
        if (links.Add((at, neighbor)) && links.Contains((neighbor, at)))
        {
            degrees[at]++;
            degrees[neighbor]++;
            return true;
        }

        return false;
    }

    private void TellBeginning(Instant begin) => steps.Add(begin, new DemoStep
    {
        Title = "The same seconds again: now watch the links",
        Text = StepList.Text(
            "As soon as a peer is a member it looks for neighbors; it does not wait for the others. So this happened"
            + " between the votes that you have just seen, and the clock goes back to where the first peer came.",
            "Peers do not talk to everybody, only to a few neighbors. Who is linked to whom is called the overlay.",
            $"The rule chosen here: a new peer chooses its neighbors {rule.InWords}."),
        Source = rule.Source,
    });

    private void TellChoice(DemoMoment moment, NodeAddress[] chosen)
    {
        var peer = moment.Node;
        var newcomer = NewcomerAt(peer);
        newcomer.HasChosen = true;
        var table = new CandidateTable(drawing, newcomer.Known.Values, chosen);
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(peer)} chooses {NumberWords.Count(chosen.Length, "neighbor")}",
            Text = StepList.Text(
                $"{names.Big(peer)} has read the lists of {NumberWords.Count(newcomer.Readers.Count, "seed node")}"
                + $" ({DemoNames.Ports(newcomer.Readers)}) and put them together.{Overlap(newcomer.Readers.Count)} It"
                + $" knows {NumberWords.Count(table.Count, "other peer")} now.",
                $"It chooses {rule.InWords}. {table.Example(names)}".TrimEnd(),
                $"Chosen: {names.Of(chosen)}.{TooFew(table, chosen)}"),
            Source = rule.Source,
            Nodes = [steps[peer], .. chosen.Select(target => steps[target])],
            Messages =
            [
                .. newcomer.Readers.Select(reader => steps.Message(reader, peer, DemoWord.PeerList)),
                .. chosen.Select(target => steps.Message(peer, target, DemoWord.Connect, wave: 1)),
            ],
            Tables = [table.Table()],
        });
    }

    private string Overlap(int read) => majority.Voters > 1 && read >= majority.Quorum
        ? " That is more than half of them, and each peer was let in by more than half: so no peer is"
            + " missing on all lists read."
        : "";

    private static string TooFew(CandidateTable table, NodeAddress[] chosen) =>
        table.Count == chosen.Length ? " That is everybody it knows." : "";

    private void TellLinks(DemoMoment moment)
    {
        var peer = moment.Node;
        var linked = NewcomerAt(peer).Linked;
        steps.Add(moment.Time, new DemoStep
        {
            Title = linked.Count == 0
                ? $"{names.Big(peer)} has nobody to link to yet"
                : $"{names.Big(peer)} has {NumberWords.Count(linked.Count, "link")}",
            Text = linked.Count == 0
                ? StepList.Text("The lists are empty, or nobody on them can be a neighbor yet. Later ones will come.")
                : StepList.Text(
                    $"{names.Big(peer)} asked, and {names.Of(linked)} accepted. A link belongs to both"
                    + " ends: messages go both ways.",
                    peer == names.Peers[1]
                        ? "One of its links always leads to an older peer. So from everybody there is a way to the"
                            + " oldest, and the overlay hangs together."
                        : "",
                    $"Most links now: {names.Of(Best())} with {degrees[Best()]}."),
            Source = "Document 001: the graph of peers must be connected.",
            Nodes = [steps[peer], .. linked.Select(other => steps[other])],
            Links = [.. linked.Select(other => steps.Link(peer, other, stands: true))],
            Messages = [.. linked.Select(other => steps.Message(other, peer, DemoWord.Ack))],
        });
    }

    private void TellLaterLink(DemoMoment moment, NodeAddress other) => steps.Add(moment.Time, new DemoStep
    {
        Title = $"{names.Big(moment.Node)} links to {names.Of(other)} as well",
        Text = StepList.Text(
            $"{names.Big(moment.Node)} had too few links, so it looked for one more when there was somebody new."),
        Nodes = [steps[moment.Node], steps[other]],
        Links = [steps.Link(moment.Node, other, stands: true)],
    });

    private NodeAddress Best() => degrees.OrderByDescending(degree => degree.Value).ThenBy(degree => degree.Key)
        .First().Key;

    private void TellEnd(Instant end)
    {
        var count = links.Count / 2;
        var (least, most) = (degrees.Values.Min(), degrees.Values.Max());
        steps.Add(end, new DemoStep
        {
            Title = $"The overlay stands: {NumberWords.Count(names.Peers.Count, "peer")}, {count} links",
            Text = StepList.Text(
                $"{names.Big(Best())} has most links, {most}; nobody has fewer than {least}.",
                most > least
                    ? "A peer with many links is called a hub: a message comes to it early and it passes it on to many."
                        + " When it dies, many notice."
                    : "Here all have equally many; there are no hubs.",
                names.Peers.Count < 200
                    ? $"With {NumberWords.Of(names.Peers.Count)} peers nobody can tell whether the number of links"
                        + " follows a power law; that takes hundreds."
                    : ""),
            Source = "Documents 000, 001 and 003: few hubs, many leaves, faster spread.",
            Tables =
            [
                new DemoTable(
                    "Links of each peer", ["peer", "links"],
                    [
                        .. degrees.OrderByDescending(degree => degree.Value).ThenBy(degree => degree.Key)
                            .Select(IReadOnlyList<string> (degree) =>
                                [NumberWords.Digits(degree.Key.Port), NumberWords.Digits(degree.Value)]),
                    ],
                    []),
            ],
        });
    }
}
