using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Explaining;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Exporting;

/// <summary>The overlay of a run from its event log: all who ever ran, and every link that ever stood.</summary>
internal sealed class LoggedOverlay
{
    private readonly RunHistory history;
    private readonly List<NodeState> peers;
    private readonly int[] placeOf;

    private LoggedOverlay(RunHistory history)
    {
        this.history = history;
        peers =
        [
            .. history.Nodes.All.Where(node => !node.IsSeedNode && node.EverStarted).OrderBy(node => node.Address),
        ];
        placeOf = new int[history.Nodes.All.Count];
        Array.Fill(placeOf, -1);
        for (var i = 0; i < peers.Count; i++) placeOf[peers[i].Index] = i;
    }

    public static ExportedOverlay Of(RunHistory history)
    {
        var facts = history.Facts;
        var links = new LoggedOverlay(history);
        var all = links.Links();
        var degrees = new int[links.peers.Count];
        foreach (var link in all.Where(link => link.IsLive))
        {
            degrees[link.A]++;
            degrees[link.B]++;
        }

        List<ExportedPeer> peers = [.. links.peers.Select((peer, place) => links.Peer(peer, degrees[place]))];
        var start = peers.SelectMany(peer => peer.Spells).Select(spell => spell.Start).DefaultIfEmpty().Min();
        return new ExportedOverlay
        {
            Description = $"{facts.Scenario}, random seed {facts.RandomSeed}, {facts.RuntimeName}",
            Peers = peers, Links = all, Span = new Spell(start, links.Seconds(history.End)),
        };
    }

    private ExportedPeer Peer(NodeState peer, int degree)
    {
        var life = history.LifeOf(peer.Index);
        var committed = history.DetectionOf(peer.Address)
            .Where(e => e.Kind == EventKind.EntryCommitted && e.Event.Detail is Ballot)
            .Select(e => (e.At, ((Ballot)e.Event.Detail!).Entry)).ToList();
        var removals = committed.Where(change => !change.Entry.IsAlive).ToList();
        var joined = committed.Where(change => change.Entry.IsAlive)
            .OrderBy(change => change.Entry.Epoch).Select(change => change.Entry).LastOrDefault();
        return new ExportedPeer
        {
            Address = peer.Address.ToString(),
            Degree = degree,
            Epoch = peer.EverRegistered ? peer.Epoch : null,
            JoinStamp = joined.Epoch > 0 ? joined.JoinStamp : null,
            StartedSeconds = Seconds(life.Last(EventKind.ProcessStarted)?.At),
            CrashedSeconds = Seconds(life.Last(EventKind.ProcessCrashed)?.At),
            RemovedSeconds = removals.Count == 0
                ? null
                : Seconds(removals.GroupBy(change => change.Entry.Epoch).MaxBy(group => group.Key)!
                    .Min(change => change.At)),
            LeftSeconds = Seconds(life.Last(EventKind.Left)?.At),
            IsLive = peer.IsLivePeer,
            Spells = SpellsOf(life),
        };
    }

    /// <summary>From each start to the crash or the good-bye that follows.</summary>
    private List<Spell> SpellsOf(LifeHistory life)
    {
        var spells = new List<Spell>();
        Instant? began = null;
        foreach (var turn in life.Turns)
        {
            if (turn.Kind == EventKind.ProcessStarted)
            {
                began ??= turn.At;
            }
            else if (turn.Kind is EventKind.ProcessCrashed or EventKind.Left && began is { } start)
            {
                spells.Add(new Spell(Seconds(start), Seconds(turn.At)));
                began = null;
            }
        }

        if (began is { } open) spells.Add(new Spell(Seconds(open), null));
        return spells;
    }

    private List<ExportedLink> Links()
    {
        var links = new List<ExportedLink>();
        for (var place = 0; place < peers.Count; place++)
        {
            var life = history.LifeOf(peers[place].Index);
            foreach (var neighbor in life.Neighbors.Where(other => placeOf[other] > place).OrderBy(o => placeOf[o]))
            {
                var there = history.LifeOf(neighbor).LinksTo(peers[place].Index);
                // Who says good-bye is gone from then on, though its links are closed one after the other.
                var spells = Spell.Both(
                    Spell.Both(SpansOf(life.LinksTo(neighbor)), SpansOf(there)),
                    Spell.Both(SpellsOf(life), SpellsOf(history.LifeOf(neighbor))));
                var isLive = IsLive(peers[place], history.Nodes[neighbor]);
                if (spells.Count > 0 || isLive)
                    links.Add(new ExportedLink(place, placeOf[neighbor], isLive, spells));
            }
        }

        return links;
    }

    /// <summary>As overlay.graphml has it: both run at the end, and list each other.</summary>
    private static bool IsLive(NodeState one, NodeState other) =>
        one.IsLivePeer && other.IsLivePeer && one.Lists(other.Index) && other.Lists(one.Index);

    private List<Spell> SpansOf(IReadOnlyList<LifeHistory.LinkSpan> spans) =>
        [.. spans.Select(span => new Spell(Seconds(span.Began), Seconds(span.Ended)))];

    private double Seconds(Instant when) => Math.Round(history.SecondsAt(when), 6);

    private double? Seconds(Instant? when) => when is { } moment ? Seconds(moment) : null;
}
